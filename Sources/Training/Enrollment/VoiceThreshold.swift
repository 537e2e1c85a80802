package import Corpus
package import Scoring

/// The threshold of one-shot use, chosen on validation as it is used: every utterance is enrolled alone, and every other
/// is identified against it.
///
/// A threshold of single pairs of examples would be too kind: a mean of embeddings is closer to all of them than they
/// are to each other.
package struct VoiceThreshold: Sendable {
    /// The rows of each utterance.
    private let utterances: [[UInt32]]
    private let speakers: [UInt32]

    /// Up to `utteranceLimit` utterances of `side`, spread evenly over it, and the first `exampleLimit` examples of each;
    /// nil when they are not of two speakers, one of them twice.
    package init?(_ labels: RowLabels, side: Side, utteranceLimit: Int = 100, exampleLimit: Int = 10) {
        var (all, last): ([[UInt32]], UInt32?) = ([], nil)
        for row in labels.rows(of: side) {
            let utterance = labels.utterances[Int(row)]
            if utterance != last { all.append([]) }
            last = utterance
            if all[all.count - 1].count < exampleLimit { all[all.count - 1].append(row) }
        }
        let count = min(utteranceLimit, all.count)
        utterances = (0..<count).map { all[$0 * all.count / count] }
        speakers = utterances.map { labels.speakers[Int($0[0])] }
        guard Set(speakers).count >= 2, Set(speakers).count < speakers.count else { return nil }
    }

    /// The equal error rate of one-shot use and the distance at it.
    package func equalErrorRate(
        _ network: any Network, _ examples: MappedExamples
    ) throws(TrainingError) -> EqualErrorRate {
        let distance = PairDistance(network)
        let table = try EmbeddingTable(of: utterances.flatMap { $0 }, network, examples)
        var (recordings, start): ([EmbeddingTable], Int) = ([], 0)
        for rows in utterances {
            let values = table.values[start * table.size..<(start + rows.count) * table.size]
            recordings.append(EmbeddingTable(rows: rows, size: table.size, values: Array(values)))
            start += rows.count
        }
        var (scores, isTarget): ([Double], [Bool]) = ([], [])
        for (number, recording) in recordings.enumerated() {
            let voice = Voice(name: "", [recording], comparison: distance.comparison)
            for (other, heard) in recordings.enumerated() where other != number {
                let distances = try distance(heard, voice)
                scores.append(distances.reduce(0, +) / Double(distances.count))
                isTarget.append(speakers[number] == speakers[other])
            }
        }
        do {
            return try TrialScores(scores, isTarget: isTarget, sense: .distance).equalErrorRate()
        } catch {
            throw .unusable(error.message)
        }
    }
}

extension PairDistance {
    /// How far each example of a recording is from a voice.
    func callAsFunction(_ recording: EmbeddingTable, _ voice: Voice) throws(TrainingError) -> [Double] {
        let table = EmbeddingTable(size: recording.size, values: voice.center + recording.values)
        return try self(table, recording.rows.indices.map { (first: 0, second: $0 + 1) }).map(Double.init)
    }
}
