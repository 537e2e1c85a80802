/// What a recording is taken for.
///
/// A voice's score is the mean distance of the recording's examples from it, as it was when the threshold was chosen
/// on validation. The voice with the least score is accepted where that is within the threshold.
package struct Identification: Codable, Sendable, Hashable {
    package struct Candidate: Codable, Sendable, Hashable {
        package let name: String
        /// The mean distance: smaller is closer.
        package let score: Double
        /// The share of the examples within the threshold, 0 … 1: FBankNet's authors let those in who had 65 %. Nil without
        /// a threshold.
        package let shareWithin: Double?

        init(_ name: String, _ distances: [Double], threshold: Double?) {
            self.name = name
            score = distances.reduce(0, +) / Double(max(distances.count, 1))
            shareWithin = threshold.map { threshold in
                Double(distances.count { $0 <= threshold }) / Double(max(distances.count, 1))
            }
        }
    }

    package enum Decision: String, Codable, Sendable {
        case accepted
        case unknown
    }

    /// The closest first.
    package let candidates: [Candidate]
    package let exampleCount: Int
    package let threshold: Double?
    /// Nil without a threshold.
    package let decision: Decision?

    init(_ candidates: [Candidate], exampleCount: Int, threshold: Double?) {
        // Equal scores stay in order of names.
        self.candidates = candidates.enumerated()
            .sorted { ($0.element.score, $0.offset) < ($1.element.score, $1.offset) }.map(\.element)
        self.exampleCount = exampleCount
        self.threshold = threshold
        let best = self.candidates.first?.score ?? .infinity
        decision = threshold.map { best <= $0 ? .accepted : .unknown }
    }

    /// Who it is; nil where nobody is accepted or nothing was decided.
    package var name: String? { decision == .accepted ? candidates.first?.name : nil }
}
