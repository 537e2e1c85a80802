/// What ffmpeg says of a file with `-v level+info`:
///
///     [info]   Duration: 00:00:06.01, start: 0.000000, bitrate: 79 kb/s
///     [aac @ 0x555f51436a40] [error] Input buffer exhausted before END element found
struct FFmpegReport {
    /// Announced durations are rounded, and count what encoders put before the first sample; two frames of AAC at
    /// 16 kHz are 128 ms.
    static let toleratedMilliseconds = 150

    /// The duration that the container announces; nil where it is estimated, or not said.
    private(set) var milliseconds: Int?
    /// The first thing it calls an error.
    private(set) var complaint: String?

    init(_ messages: String) {
        var isEstimate = false
        for line in messages.split(whereSeparator: \.isNewline) {
            if line.contains("Estimating duration from bitrate") { isEstimate = true }
            if milliseconds == nil, let text = FFmpegReport.rest(of: line, after: "Duration: ") {
                milliseconds = FFmpegReport.milliseconds(text)
            }
            guard complaint == nil else { continue }
            let found =
                FFmpegReport.rest(of: line, after: "[error] ")
                ?? FFmpegReport.rest(of: line, after: "[fatal] ")
            complaint = found.map(String.init)
        }
        if isEstimate { milliseconds = nil }
    }

    private static func rest(of line: Substring, after mark: String) -> Substring? {
        line.firstRange(of: mark).map { line[$0.upperBound...] }
    }

    /// `00:00:06.01, start: …` in milliseconds; nil for `N/A`.
    private static func milliseconds(_ text: Substring) -> Int? {
        let parts = text.prefix { $0 != "," }.split(separator: ":")
        guard parts.count == 3, let hours = Int(parts[0]), let minutes = Int(parts[1]),
            let seconds = Double(parts[2])
        else { return nil }
        return (hours * 60 + minutes) * 60_000 + Int((seconds * 1000).rounded())
    }
}
