import Audio
import Testing

/// AU, AIFF and SPHERE files made byte by byte: 16-bit, big-endian, mono.
private enum OtherContainer: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case au, aiff, sphere

    var testDescription: String { rawValue }

    func bytes(_ samples: [Int16], announced: Int? = nil) -> [UInt8] {
        let data = samples.flatMap { Self.big(Int(UInt16(bitPattern: $0)), 2) }
        let count = announced ?? samples.count
        switch self {
        case .au:
            let fields = [24, 2 * count, 3, 8000, 1].flatMap { Self.big($0, 4) }
            return Array(".snd".utf8) + fields + data
        case .aiff:
            // 8000 Hz as an 80-bit float: exponent 16383 + 12, mantissa 8000 / 4096.
            let rate = Self.big(16383 + 12, 2) + Self.big(8000 << 19, 4) + Self.big(0, 4)
            let common = Self.big(1, 2) + Self.big(count, 4) + Self.big(16, 2) + rate
            let sound = Self.big(8 + 2 * count, 4) + Self.big(0, 8) + data
            let size = Self.big(4 + 26 + 8 + 8 + data.count, 4)
            return Array("FORM".utf8) + size + Array("AIFFCOMM".utf8) + Self.big(18, 4) + common
                + Array("SSND".utf8) + sound
        case .sphere:
            let lines = [
                "NIST_1A", "   1024", "channel_count -i 1", "sample_rate -i 8000", "sample_count -i \(count)",
                "sample_n_bytes -i 2", "sample_byte_format -s2 10", "sample_sig_bits -i 16",
                "sample_coding -s3 pcm", "end_head", "",
            ]
            let head = Array(lines.joined(separator: "\n").utf8)
            return head + [UInt8](repeating: 32, count: 1024 - head.count) + data
        }
    }

    private static func big(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * (count - 1 - $0))) }
    }
}

@Suite struct OtherContainerTests {
    private let samples = Speechlike.samples(500)

    @Test("AU, AIFF and SPHERE decode to the same canonical bytes as WAV", arguments: OtherContainer.allCases)
    private func decoded(container: OtherContainer) throws {
        let audio = try decode(container.bytes(samples))
        #expect(audio.words == samples && audio.sampleRate == 8000 && audio.declaredSampleCount == 500)
    }

    @Test(
        "cut anywhere, or announcing more than follows, they are refused", arguments: OtherContainer.allCases)
    private func cut(container: OtherContainer) {
        let bytes = container.bytes(samples)
        for end in stride(from: bytes.count - 1, to: 0, by: -7) {
            #expect(refusal(Array(bytes[..<end])) != nil, "cut at \(end)")
        }
        #expect(refusal(Array(bytes.dropLast(2))) == .truncated)
        #expect(refusal(container.bytes(samples, announced: 501)) == .truncated)
    }

    @Test("announcing less than follows they are refused too", arguments: OtherContainer.allCases)
    private func surplus(container: OtherContainer) {
        #expect(refusal(container.bytes(samples, announced: 499)) != nil)
    }

    @Test(
        "no flipped bit of their headers crashes or leaves samples out", arguments: OtherContainer.allCases)
    private func flipped(container: OtherContainer) {
        let bytes = container.bytes(samples)
        for bit in 0..<(bytes.count - 1000) * 8 where bit < 54 * 8 || bit % 5 == 0 {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            guard let audio = try? decode(damaged) else { continue }
            // Without a checksum a header may change the channels or the byte order; nothing is ever left out.
            #expect(audio.sampleCount * audio.channelCount >= 500, "bit \(bit)")
        }
    }
}
