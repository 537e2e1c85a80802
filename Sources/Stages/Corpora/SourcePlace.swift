/// Where an utterance is, for catalogues: the path of its file, and for a part of a recording its times behind it, in
/// the form of the W3C's media fragments:
///
///     /audio/meeting.flac#t=1.5,3.25        /audio/meeting.flac#t=80,    to the end
extension SourceUtterance {
    private static let mark = "#t="

    var place: String {
        guard let range else { return path }
        return "\(path)\(SourceUtterance.mark)\(range.start),\(range.end.map { "\($0)" } ?? "")"
    }

    /// The path and times of a place; whatever is no such fragment belongs to the path.
    static func parts(ofPlace place: String) -> (path: String, range: SourceRange?) {
        guard let found = place.ranges(of: mark).last else { return (place, nil) }
        let times = place[found.upperBound...].split(separator: ",", omittingEmptySubsequences: false)
        guard times.count == 2, let start = DecimalSeconds(times[0]) else { return (place, nil) }
        let end = DecimalSeconds(times[1])
        guard end != nil || times[1].isEmpty else { return (place, nil) }
        return (String(place[..<found.lowerBound]), SourceRange(start: start, end: end))
    }

    /// Bytes of the file that are this utterance's: all of them, or for a part about as many as 16-bit audio at 16 kHz
    /// takes, so that many parts of one recording do not weigh as much as many recordings.
    var byteCount: Int64 {
        guard let length = range?.nanoseconds else { return state.byteCount }
        return min(state.byteCount, Int64(max(0, length) / 1_000_000 * 32))
    }
}
