import Audio

/// What becomes of the parts of an utterance in which nobody speaks.
package struct ActivityRule: Codable, Hashable, Sendable {
    package enum Mode: String, Codable, Sendable, CaseIterable {
        /// What comes before the first speech and after the last is cut off.
        case trim
        /// Examples with too little speech are left out.
        case drop
    }

    package var mode: Mode
    package var parameters: SpeechActivityParameters
    /// With `drop`, the share of an example's frames that must be speech, in parts per million.
    package var leastShare: Int
}
