/// The WAV that ffmpeg writes to a pipe, where it cannot go back to fill in lengths: the samples reach to the end.
struct FFmpegSound {
    let sampleRate: Int
    let channelCount: Int
    /// Where the samples are.
    let samples: Range<Int>

    /// Nil when the bytes are not a whole header of 16-bit PCM.
    init?(_ bytes: [UInt8]) {
        func number(_ place: Int, _ count: Int) -> Int {
            (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
        }
        guard bytes.count >= 12, bytes.starts(with: Array("RIFF".utf8)) else { return nil }
        var place = 12
        var format: (rate: Int, channels: Int)?
        while place + 8 <= bytes.count {
            let name = bytes[place..<(place + 4)]
            let length = number(place + 4, 4)
            place += 8
            if name.elementsEqual("data".utf8) {
                guard let format, format.rate > 0, (1...64).contains(format.channels) else { return nil }
                let frames = (bytes.count - place) / (2 * format.channels)
                (sampleRate, channelCount) = (format.rate, format.channels)
                samples = place..<(place + frames * 2 * format.channels)
                return
            }
            if name.elementsEqual("fmt ".utf8), place + 16 <= bytes.count {
                guard number(place + 14, 2) == 16 else { return nil }
                format = (number(place + 4, 4), number(place + 2, 2))
            }
            place += length + length % 2
        }
        return nil
    }
}
