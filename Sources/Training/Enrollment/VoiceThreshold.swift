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

    /// Up to `utteranceLimit` utterances of `side`, several of each speaker, and the first `exampleLimit` examples of each;
    /// nil when no speaker has two utterances, or there is only one speaker.
    package init?(_ labels: RowLabels, side: Side, utteranceLimit: Int = 100, exampleLimit: Int = 10) {
        let all = labels.utterancesBySpeaker(labels.rows(of: side))
        guard all.count >= 2, all.contains(where: { $0.count > 1 }) else { return nil }
        let isWhole = all.reduce(0) { $0 + $1.count } <= utteranceLimit
        let askable = all.filter { $0.count > 1 }
        let some = isWhole || askable.count < 2 ? all : askable.spread(max(utteranceLimit / 4, 2))
        let each = isWhole ? utteranceLimit : max(utteranceLimit / some.count, 2)
        utterances = some.flatMap { $0.spread(each) }.map { Array($0.prefix(exampleLimit)) }
        speakers = utterances.map { labels.speakers[Int($0[0])] }
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
