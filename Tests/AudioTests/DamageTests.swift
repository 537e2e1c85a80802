import Audio
import TestSupport
import Testing

@Suite struct DamageTests {
    private let samples = Speechlike.samples(3000)

    @Test("what is no audio is refused by its reason")
    func notAudio() {
        #expect(refusal([]) == .empty)
        #expect(refusal(Array("This was a web page once.\n".utf8)) == .notAudio)
        #expect(refusal([0x66]) == .notAudio)
        #expect(refusal([UInt8](repeating: 0, count: 10000)) == .notAudio)
        #expect(refusal([0xFF, 0xFB, 0x90, 0x64] + [UInt8](repeating: 0, count: 400)) == .unsupported)
        #expect(refusal(Array("fLaC".utf8)) == .truncated)
        #expect(refusal(Array("RIFF".utf8)) == .notAudio)
    }

    @Test("a file without samples is refused as empty")
    func noSamples() {
        #expect(refusal(FlacFile([]).bytes) == .empty)
        #expect(refusal(WaveFile([Int16]()).bytes) == .empty)
    }

    @Test("FLAC cut at any byte is refused, whether its length was announced or not")
    func cutFLAC() {
        let bytes = FlacFile(samples).bytes
        for end in 4..<bytes.count { #expect(refusal(Array(bytes[..<end])) == .truncated, "cut at \(end)") }
    }

    @Test("FLAC of unannounced length, cut anywhere but between two frames, is refused")
    func cutStreamedFLAC() throws {
        var file = FlacFile(samples)
        file.isStreamed = true
        let bytes = file.bytes
        var whole: [Int] = []
        for end in 4..<bytes.count {
            guard let audio = try? decode(Array(bytes[..<end])) else { continue }
            #expect(audio.sampleCount % 1152 == 0 && audio.words == Array(samples[..<audio.sampleCount]))
            whole.append(audio.sampleCount)
        }
        #expect(whole == [1152, 2304])
    }

    @Test("WAV cut at any byte is refused")
    func cutWave() {
        let bytes = WaveFile(Speechlike.samples(300)).bytes
        for end in 1..<bytes.count {
            let reason = refusal(Array(bytes[..<end]))
            #expect(reason == (end < 12 ? .notAudio : .truncated), "cut at \(end)")
        }
    }

    @Test("a WAV header that announces more, or less, than follows is refused")
    func waveLengths() {
        for (announced, reason) in [
            (6002, AudioError.Reason.truncated), (90000, .truncated), (5999, .lengthMismatch),
        ] {
            var file = WaveFile(samples)
            file.announcedDataSize = announced
            #expect(refusal(file.bytes) == reason, "\(announced) bytes announced")
        }
        var open = WaveFile(samples)
        open.announcedDataSize = 0
        #expect(refusal(open.bytes) == .lengthMismatch)
    }

    @Test(
        "STREAMINFO that announces fewer samples than follow is a length mismatch",
        arguments: [1, 1152, 2304, 2999])
    func shortCount(declared: Int) {
        var bytes = FlacFile(samples).bytes
        (bytes[24], bytes[25]) = (UInt8(declared >> 8), UInt8(declared & 255))
        #expect(refusal(bytes) == .lengthMismatch)
    }

    @Test("a FLAC file with a frame missing in the middle, or one too many, is refused")
    func frames() throws {
        for isStreamed in [false, true] {
            var file = FlacFile(samples)
            file.isStreamed = isStreamed
            let bytes = file.bytes
            let starts = bytes.indices.dropLast().filter {
                bytes[$0] == 0xFF && bytes[$0 + 1] & 0xFE == 0xF8 && $0 >= 42
            }
            let (second, third) = try (#require(starts.dropFirst().first), #require(starts.last))
            #expect(refusal(Array(bytes[..<second] + bytes[third...])) == .corrupt)
            #expect(refusal(Array(bytes[..<third] + bytes[second...])) == .corrupt)
        }
    }

    @Test("bytes after the last FLAC frame are refused unless they are a tag or, the count being met, zeros")
    func trailers() {
        var streamed = FlacFile(samples)
        streamed.isStreamed = true
        let junk = Array("junk".utf8)
        let zeros = [UInt8](repeating: 0, count: 512)
        #expect(refusal(FlacFile(samples).bytes + junk) == .corrupt)
        #expect(refusal(streamed.bytes + junk) == .corrupt)
        #expect(refusal(FlacFile(samples).bytes + zeros) == nil)
        #expect(refusal(streamed.bytes + zeros) == .corrupt)
    }

    @Test("a file beyond the sample limit is refused before memory is spent on it")
    func limit() {
        let silence = [Int16](repeating: 0, count: 50_000)
        #expect(refusal(FlacFile(silence).bytes, sampleLimit: 20_000) == .tooLong)
        #expect(refusal(WaveFile(silence).bytes, sampleLimit: 20_000) == .tooLong)
        #expect(refusal(FlacFile(silence).bytes, sampleLimit: 50_000) == nil)
        #expect(refusal(WaveFile(silence).bytes, sampleLimit: 50_000) == nil)
        var lying = FlacFile(samples).bytes
        lying[21] |= 0x0F
        #expect(refusal(lying) == .truncated)
    }

    @Test("floats that are not finite are refused", arguments: [Float.nan, .infinity, -.infinity])
    func notFinite(value: Float) {
        #expect(refusal(WaveFile(floats: [0, 0.5, value, 0.1]).bytes) == .notFinite)
    }

    @Test("formats whose damage would pass unseen are refused by name")
    func unsupported() {
        var adpcm = WaveFile(samples).bytes
        adpcm[20] = 0x11
        #expect(refusal(adpcm) == .unsupported)
        #expect(refusal([0, 0, 0, 32] + Array("ftypM4A ".utf8)) == .unsupported)
    }

    @Test(
        "every flipped bit of a FLAC file leaves exactly the samples, or is refused; in frames always refused"
    )
    func flippedFLAC() {
        let bytes = FlacFile(Speechlike.samples(400)).bytes
        var frames = 4
        while bytes[frames] & 0x80 == 0 {
            frames += 4 + Int(bytes[frames + 2]) * 256 + Int(bytes[frames + 3])
        }
        frames += 4 + Int(bytes[frames + 2]) * 256 + Int(bytes[frames + 3])
        flipAll(bytes, upTo: bytes.count, of: Speechlike.samples(400), refused: frames..<bytes.count)
    }

    @Test("every flipped bit of an Ogg FLAC file is refused")
    func flippedOgg() {
        var file = FlacFile(Speechlike.samples(400))
        file.isOgg = true
        let bytes = file.bytes
        for bit in 0..<bytes.count * 8 where bit % 3 == 0 {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(refusal(damaged) != nil, "bit \(bit)")
        }
        for end in 1..<bytes.count { #expect(refusal(Array(bytes[..<end])) != nil, "cut at \(end)") }
    }

    @Test("every flipped bit of a WAV header leaves exactly the samples, or is refused")
    func flippedWave() {
        let samples = Speechlike.samples(400)
        var file = WaveFile(samples)
        file.trailer = Array("LIST".utf8) + [4, 0, 0, 0] + Array("INFO".utf8)
        // Format, and the data chunk's name and size; the RIFF size alone is never consulted.
        flipAll(file.bytes, upTo: 44, of: samples, refused: 36..<44)
    }

    /// Flips every bit of the bytes up to `end` in turn. A file that still decodes must give the samples at
    /// their rate, and none may whose flip lies in `refused`.
    private func flipAll(_ bytes: [UInt8], upTo end: Int, of samples: [Int16], refused: Range<Int>) {
        for bit in 0..<end * 8 {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            guard let audio = try? decode(damaged) else { continue }
            #expect(
                audio.words == samples && audio.sampleRate == 16000 && audio.channelCount == 1, "bit \(bit)")
            #expect(!refused.contains(bit / 8), "bit \(bit)")
        }
    }

    @Test("two thousand random wounds neither crash nor pass for other samples")
    func randomWounds() {
        let samples = Speechlike.samples(1500)
        let bytes = FlacFile(samples).bytes
        var state: UInt64 = 7
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for wound in 0..<2000 {
            var damaged = bytes
            for _ in 0...next(4) {
                let place = next(damaged.count)
                switch next(4) {
                case 0: damaged[place] = UInt8(next(256))
                case 1: damaged.removeSubrange(place..<min(damaged.count, place + 1 + next(40)))
                case 2: damaged.insert(contentsOf: (0...next(40)).map { UInt8($0) }, at: place)
                default: damaged[place] ^= 1 << UInt8(next(8))
                }
            }
            if let audio = try? decode(damaged) { #expect(audio.words == samples, "wound \(wound)") }
        }
    }
}
