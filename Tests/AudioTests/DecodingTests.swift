import Audio
import TestSupport
import Testing

@Suite struct DecodingTests {
    @Test("FLAC, WAV and Ogg FLAC of the same samples decode to the same bytes and floats")
    func sameFromEveryContainer() throws {
        let samples = Speechlike.samples(5000)
        var ogg = FlacFile(samples)
        ogg.isOgg = true
        for bytes in [FlacFile(samples).bytes, WaveFile(samples).bytes, ogg.bytes] {
            let audio = try decode(bytes)
            #expect(audio.sampleRate == 16000 && audio.channelCount == 1 && audio.bitsPerSample == 16)
            #expect(audio.sampleCount == 5000 && audio.declaredSampleCount == 5000 && !audio.isFloat)
            #expect(audio.pcmByteCount == 10000)
            #expect(audio.words == samples)
            #expect(Array(audio.samples[..<5000]) == samples.map { Float($0) / 32768 })
        }
    }

    @Test("integers of every width keep their value", arguments: [8, 12, 16, 20, 24, 32])
    func everyWidth(bits: Int) throws {
        let top = Int32(truncatingIfNeeded: (Int64(1) << (bits - 1)) - 1)
        let samples: [Int32] =
            [0, 1, -1, top, -top - 1, top / 3, -top / 7] + (0..<600).map { Int32($0 % 100) - 50 }
        var files = [FlacFile(channels: [samples], bitsPerSample: bits, sampleRate: 8000).bytes]
        if bits % 8 == 0 { files.append(WaveFile(samples, bitsPerSample: bits, sampleRate: 8000).bytes) }
        if bits == 32, refusal(files[0]) == .corrupt { files.removeFirst() }
        for bytes in files {
            let audio = try decode(bytes)
            #expect(
                audio.bitsPerSample == bits && audio.sampleRate == 8000 && audio.sampleCount == samples.count)
            let width = (bits + 7) / 8
            #expect(audio.bytesPerSample == width)
            for (i, sample) in samples.enumerated() {
                let stored = (0..<width).map { UInt8(truncatingIfNeeded: sample >> Int32(8 * $0)) }
                #expect(Array(audio.pcm[i * width..<(i + 1) * width]) == stored)
                #expect(
                    audio.samples[i] == Float(sample) / Float(sign: .plus, exponent: bits - 1, significand: 1)
                )
            }
        }
    }

    @Test("channels are interleaved, from FLAC's planes and from WAV alike", arguments: [2, 3, 8])
    func channels(count: Int) throws {
        let planes = (0..<count).map { Speechlike.samples(3000, seed: UInt64($0 + 2)).map(Int32.init) }
        let interleaved = (0..<3000).flatMap { i in planes.map { $0[i] } }
        let flac = try decode(FlacFile(channels: planes, bitsPerSample: 16).bytes)
        let wave = try decode(WaveFile(interleaved, bitsPerSample: 16, channelCount: count).bytes)
        #expect(flac.words == interleaved.map { Int16($0) })
        #expect(wave.words == flac.words)
        #expect(flac.channelCount == count && flac.sampleCount == 3000)
        #expect(flac.samples[..<(3000 * count)] == wave.samples[..<(3000 * count)])
    }

    @Test("float WAV keeps its floats, in pcm as little-endian bits; doubles are rounded to floats")
    func floats() throws {
        let values: [Float] = [0, -0.0, 0.1, -1.5, Float(bitPattern: 70000), 0.999_999_9]
        let audio = try decode(WaveFile(floats: values).bytes)
        #expect(audio.isFloat && audio.bitsPerSample == 32 && audio.sampleCount == 6)
        #expect(audio.samples[..<6].map(\.bitPattern) == values.map(\.bitPattern))
        let bytes = values.flatMap { value in
            (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt32(8 * $0)) }
        }
        #expect(Array(audio.pcm[..<24]) == bytes)
        let doubles = try decode(WaveFile(doubles: [0.1, -0.3]).bytes)
        #expect(doubles.isFloat && doubles.bitsPerSample == 32)
        #expect(Array(doubles.samples[..<2]) == [Float(0.1), Float(-0.3)])
    }

    @Test("the header's MD5 is handed on, and a streaming encoder's blank fields read as nil")
    func declarations() throws {
        let samples = Speechlike.samples(3000)
        var file = FlacFile(samples)
        let declared = try decode(file.bytes)
        #expect(declared.declaredMD5?.count == 16)
        #expect(declared.declaredMD5 == Array(file.bytes[26..<42]))
        file.isStreamed = true
        let open = try decode(file.bytes)
        #expect(open.declaredMD5 == nil && open.declaredSampleCount == nil)
        #expect(open.words == samples)
    }

    @Test("an ID3v2 tag before and an ID3v1 tag after the FLAC stream change nothing")
    func tags() throws {
        let samples = Speechlike.samples(3000)
        let before: [UInt8] = Array("ID3".utf8) + [4, 0, 0, 0, 0, 1, 10] + [UInt8](repeating: 65, count: 138)
        let after = Array("TAG".utf8) + [UInt8](repeating: 32, count: 125)
        for isStreamed in [false, true] {
            var file = FlacFile(samples)
            file.isStreamed = isStreamed
            #expect(try decode(before + file.bytes + after).words == samples)
        }
    }

    @Test("one decoder and one buffer serve long, short, stereo and damaged files in turn")
    func reuse() throws {
        var decoder = try AudioDecoder()
        var audio = DecodedAudio()
        let (long, short) = (Speechlike.samples(20000), Speechlike.samples(700, seed: 9))
        let damaged = Array(FlacFile(long).bytes.dropLast(100))
        for _ in 0..<3 {
            try decoder.decode(FlacFile(long).bytes.span, into: &audio)
            #expect(audio.words == long)
            #expect(throws: AudioError.self) { try decoder.decode(damaged.span, into: &audio) }
            try decoder.decode(WaveFile(short, sampleRate: 8000).bytes.span, into: &audio)
            #expect(audio.words == short && audio.sampleRate == 8000 && audio.declaredMD5 == nil)
            let size = audio.samples.count
            try decoder.decode(FlacFile(short).bytes.span, into: &audio)
            #expect(audio.words == short && audio.samples.count == size)
        }
    }

    @Test("every vector level stores the same bytes and floats")
    func levels() throws {
        let bytes = FlacFile(Speechlike.samples(4321)).bytes
        for level in VectorLevel.available {
            var decoder = try AudioDecoder(level: level)
            var audio = DecodedAudio()
            try decoder.decode(bytes.span, into: &audio)
            #expect(audio.words == Speechlike.samples(4321))
            #expect(Array(audio.samples[..<4321]) == Speechlike.floats(4321))
        }
    }

    @Test("WAV with a list chunk after the data, and one written to a pipe, decode")
    func waveVariants() throws {
        let samples = Speechlike.samples(999)
        var file = WaveFile(samples)
        file.trailer = Array("LIST".utf8) + [4, 0, 0, 0] + Array("INFO".utf8)
        #expect(try decode(file.bytes).words == samples)
        for placeholder in [0xFFFF_FFFF, 0x7FFF_F000] {
            var piped = WaveFile(samples)
            piped.announcedDataSize = placeholder
            let audio = try decode(piped.bytes)
            #expect(audio.words == samples && audio.declaredSampleCount == nil)
        }
    }

    @Test("the libraries name their versions")
    func versions() {
        #expect(AudioDecoder.flacVersion.split(separator: ".").count == 3)
        #expect(AudioDecoder.sndfileVersion.hasPrefix("libsndfile-"))
    }
}
