import Audio
import TestSupport
import Testing

@Suite struct ChannelPolicyTests {
    private func waveform(_ audio: DecodedAudio, _ policy: ChannelPolicy) throws -> [Float] {
        var waveform: [Float] = [7, 7, 7, 7, 7, 7, 7]
        try mono(audio, policy: policy, into: &waveform)
        return waveform
    }

    @Test("one channel passes under every policy", arguments: ChannelPolicy.allCases)
    func one(policy: ChannelPolicy) throws {
        let audio = try decode(WaveFile([16384, -8192] as [Int16]).bytes)
        #expect(try waveform(audio, policy) == [0.5, -0.25])
    }

    @Test("of two channels the first is kept, or both are averaged, or the recording is refused")
    func two() throws {
        let interleaved: [Int32] = [16384, 0, -32768, -32768, 8192, -8192]
        let audio = try decode(WaveFile(interleaved, bitsPerSample: 16, channelCount: 2).bytes)
        #expect(try waveform(audio, .first) == [0.5, -1, 0.25])
        #expect(try waveform(audio, .mix) == [0.25, -1, 0])
        let error = #expect(throws: AudioError.self) { _ = try waveform(audio, .reject) }
        #expect(error?.reason == .severalChannels)
    }

    @Test("leftovers of a longer recording do not show")
    func leftovers() throws {
        var decoder = try AudioDecoder()
        var audio = DecodedAudio()
        try decoder.decode(WaveFile(Speechlike.samples(5000)).bytes.span, into: &audio)
        try decoder.decode(WaveFile([256, 512] as [Int16]).bytes.span, into: &audio)
        #expect(try waveform(audio, .reject) == [256.0 / 32768, 512.0 / 32768])
    }
}
