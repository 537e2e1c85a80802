import TestSupport
import Testing

@testable import Audio

@Suite("parts of recordings")
struct DecodedAudioPartTests {
    private func decoded(_ bytes: [UInt8]) throws -> DecodedAudio {
        var decoder = try AudioDecoder()
        var audio = DecodedAudio()
        try decoder.decode(bytes.span, into: &audio)
        return audio
    }

    @Test("a part has the samples and the bytes that a file of it alone has", arguments: [8, 16, 24])
    func integers(bits: Int) throws {
        let samples = (0..<600).map { Int32($0 % 100 - 50) }
        let whole = try decoded(
            WaveFile(samples, bitsPerSample: bits, channelCount: 2, sampleRate: 8000).bytes)
        let alone = try decoded(
            WaveFile(Array(samples[40..<220]), bitsPerSample: bits, channelCount: 2, sampleRate: 8000).bytes)
        var part = whole
        part.take(20..<110, of: whole)
        #expect(part.sampleCount == 90 && part.channelCount == 2 && part.sampleRate == 8000)
        #expect(part.pcmByteCount == alone.pcmByteCount)
        #expect(part.samples.prefix(180) == alone.samples.prefix(180))
        #expect(part.pcm.prefix(part.pcmByteCount) == alone.pcm.prefix(part.pcmByteCount))
    }

    @Test("parts of float recordings stay floats, and no checksum of the whole stands for them")
    func floats() throws {
        let samples = (0..<100).map { Float($0) / 70 }
        let whole = try decoded(WaveFile(floats: samples).bytes)
        var part = DecodedAudio()
        part.take(98..<100, of: whole)
        #expect(
            part.isFloat && Array(part.samples.prefix(2)) == [98 / 70, 99 / 70] && part.declaredMD5 == nil)
        part.take(5..<5, of: whole)
        #expect(part.sampleCount == 0 && part.pcmByteCount == 0)
    }
}
