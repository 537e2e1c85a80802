/// Why a recording, or a request about one, is refused. The reason's raw value is the code that quarantine
/// rows carry; the message is one sentence for people.
package struct AudioError: Error, Equatable, CustomStringConvertible {
    package enum Reason: String, Codable, Sendable, CaseIterable {
        /// The bytes are in no audio format at all (a text file, a web page saved as .flac).
        case notAudio = "not-audio"
        /// No bytes, or a whole file without one sample.
        case empty
        /// The stream ends before what it announced.
        case truncated
        /// Damage inside: a checksum, a lost frame, a header that contradicts itself, bytes that belong to nothing.
        case corrupt
        /// The header announces fewer samples than the file holds, or a count that fits neither.
        case lengthMismatch = "length-mismatch"
        /// Audio in a format in which damage could pass unseen, or which nothing here reads.
        case unsupported
        /// A float sample that is infinite or not a number.
        case notFinite = "not-finite"
        /// More samples than the decoder's limit, which guards the memory against a file that lies.
        case tooLong = "too-long"
        /// Several channels where the policy wants one.
        case severalChannels = "several-channels"
        /// A pair of sample rates that the named method does not convert.
        case unsupportedRates = "unsupported-rates"
        /// A library failed for want of memory or against its own documentation.
        case libraryFailure = "library-failure"
    }

    package let reason: Reason
    package let message: String

    package init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = message
    }

    /// Whether the stream's own bytes are at fault.
    var isOfStream: Bool { reason == .corrupt || reason == .truncated }

    package var description: String { "\(reason.rawValue): \(message)" }
}
