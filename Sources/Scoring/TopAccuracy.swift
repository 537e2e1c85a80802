/// Top-k accuracy of a classifier: how often the true class is among the k best. Classes as good as the true one stand
/// before it, so that equal scores do not count as knowledge.
package struct TopAccuracy: Codable, Hashable, Sendable {
    package let exampleCount: Int
    package let classCount: Int
    /// How many examples have their true class at place 0, 1, …
    package let placeCounts: [Int]

    /// `scores` are logits or probabilities, example by example, larger is better; `labels` the true classes. An error
    /// for wrong counts, labels that are no class, and scores that are not numbers.
    package init(scores: [Float], classCount: Int, labels: [Int]) throws(ScoringError) {
        guard classCount >= 1, !labels.isEmpty, scores.count == labels.count * classCount else {
            throw ScoringError(
                "there are \(scores.count) scores for \(labels.count) examples of \(classCount) classes")
        }
        var places = [Int](repeating: 0, count: classCount)
        for (example, label) in labels.enumerated() {
            guard label >= 0, label < classCount else {
                throw ScoringError(
                    "example \(example + 1) has label \(label); classes are 0 to \(classCount - 1)")
            }
            let row = scores[example * classCount..<(example + 1) * classCount]
            guard !row.contains(where: \.isNaN) else {
                throw ScoringError(
                    "the network's output for example \(example + 1) is not a number; it diverged, so train again "
                        + "from an earlier checkpoint")
            }
            let own = row[row.startIndex + label]
            places[row.count(where: { $0 >= own }) - 1] += 1
        }
        (exampleCount, self.classCount, placeCounts) = (labels.count, classCount, places)
    }

    /// The share of examples whose true class is among the `k` best; all of them from k = classCount on.
    package func accuracy(top k: Int) -> Double {
        Double(placeCounts.prefix(max(k, 0)).reduce(0, +)) / Double(exampleCount)
    }
}
