/// An enrolled speaker: one embedding that stands for all of theirs.
package struct Voice: Sendable, Hashable {
    package let name: String
    /// The mean of the embeddings; where they are compared by their angle, that of their directions.
    package let center: [Float]
    /// How many examples it is of, and how many recordings.
    package let exampleCount: Int
    package let recordingCount: Int

    init(name: String, center: [Float], exampleCount: Int, recordingCount: Int) {
        self.name = name
        self.center = center
        self.exampleCount = exampleCount
        self.recordingCount = recordingCount
    }

    /// The voice of these recordings, each of which counts by its examples.
    package init(
        name: String, _ recordings: [EmbeddingTable], comparison: PairDistance.Comparison
    ) {
        precondition(recordings.contains { !$0.rows.isEmpty }, "a voice needs an example")
        var sum = [Double](repeating: 0, count: recordings[0].size)
        for table in recordings {
            for place in table.rows.indices {
                let scale = comparison == .cosine ? 1 / Voice.length(table[place]) : 1
                for (index, value) in table[place].enumerated() { sum[index] += Double(value) * scale }
            }
        }
        let count = recordings.reduce(0) { $0 + $1.rows.count }
        self.init(
            name: name, center: sum.map { Float($0 / Double(count)) }, exampleCount: count,
            recordingCount: recordings.count)
    }

    private static func length(_ embedding: ArraySlice<Float>) -> Double {
        max(embedding.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot(), 1e-8)
    }

    /// The voice of these recordings and those of `other` together.
    package func joined(with other: Voice) -> Voice {
        precondition(
            center.count == other.center.count, "voices of \(center.count) and \(other.center.count) values")
        let count = exampleCount + other.exampleCount
        let share = Float(exampleCount) / Float(count)
        return Voice(
            name: name, center: zip(center, other.center).map { $0 * share + $1 * (1 - share) },
            exampleCount: count,
            recordingCount: recordingCount + other.recordingCount)
    }
}
