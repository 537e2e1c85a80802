package import Corpus

/// 1-shot k-way tasks over rows of one side: whose is the query, given one other example of each of k speakers? Task
/// t is computed from (seed, t), so that every epoch answers the same ones.
package struct OneShotTasks: Sendable {
    package let ways: Int
    /// The rows that tasks name, each once: what has to be embedded.
    package let rows: [UInt32]
    /// Of each task the rows of its query, of the query's own speaker and of the k − 1 others.
    package let tasks: [[UInt32]]

    /// Tasks on `side`; nil where it has no rows. An error where it has fewer than `ways` speakers, or none with two
    /// utterances: the example of the query's own speaker is of another utterance.
    package init?(
        _ labels: RowLabels, side: Side, ways: Int, count: Int, seed: UInt64
    ) throws(TrainingError) {
        let all = labels.rows(of: side)
        guard !all.isEmpty else { return nil }
        let speakers = OneShotTasks.bySpeaker(all, labels)
        guard speakers.count >= ways else {
            throw .unusable(
                "tasks of \(ways) speakers cannot be made of the \(speakers.count) on the side \(side.rawValue); lower "
                    + "train.validate-ways, or train.validate: eer")
        }
        let asked = speakers.indices.filter { speaker in
            Set(speakers[speaker].map { labels.utterances[Int($0)] }).count > 1
        }
        guard !asked.isEmpty else {
            throw .unusable(
                "no speaker on the side \(side.rawValue) has two utterances, which a 1-shot task needs; set "
                    + "train.validate: none")
        }
        let draws = Draws(speakers: speakers, asked: asked, labels: labels, seed: seed)
        tasks = (0..<count).map { draws.task(UInt64($0), ways: ways) }
        rows = Set(tasks.joined()).sorted()
        self.ways = ways
    }

    private static func bySpeaker(_ rows: [UInt32], _ labels: RowLabels) -> [[UInt32]] {
        var found: [UInt32: [UInt32]] = [:]
        for row in rows { found[labels.speakers[Int(row)], default: []].append(row) }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The share of tasks whose query is closer to its own speaker's example than to any other, 0…1; equally close is
    /// wrong.
    func accuracy(_ scores: PairScores) throws(TrainingError) -> Double {
        let distances = try scores.scores(
            of: tasks.flatMap { task in task.dropFirst().map { (first: task[0], second: $0) } })
        let right = tasks.indices.count { task in
            let start = task * ways
            return distances[start + 1..<start + ways].allSatisfy { distances[start] < $0 }
        }
        return Double(right) / Double(tasks.count)
    }
}

/// Draws tasks.
private struct Draws {
    let speakers: [[UInt32]]
    let labels: RowLabels
    let random: KeyedRandom
    /// The rows of the speakers with more than one utterance, with the speaker's place.
    private let askedRows: [(speaker: Int, row: UInt32)]
    /// The first row of each utterance.
    private let firstRows: [UInt32: UInt32]

    init(speakers: [[UInt32]], asked: [Int], labels: RowLabels, seed: UInt64) {
        (self.speakers, self.labels) = (speakers, labels)
        askedRows = asked.flatMap { speaker in speakers[speaker].map { (speaker, $0) } }
        firstRows = Dictionary(
            speakers.joined().map { (labels.utterances[Int($0)], $0) }, uniquingKeysWith: min)
        random = KeyedRandom(seed: seed, domain: "train.tasks")
    }

    /// The rows of a task: the query, another utterance of its speaker, and one of each of the others.
    func task(_ number: UInt64, ways: Int) -> [UInt32] {
        var counter: UInt64 = 0
        func draw<Element>(_ from: [Element]) -> Element {
            counter += 1
            return from[Int(random.below(UInt64(from.count), number, counter))]
        }
        // A row drawn is an utterance drawn by its length, of which the first example is taken.
        func first(_ row: UInt32) -> UInt32 { firstRows[labels.utterances[Int(row)]] ?? row }
        let (speaker, row) = draw(askedRows)
        let utterance = labels.utterances[Int(row)]
        let same = draw(speakers[speaker].filter { labels.utterances[Int($0)] != utterance })
        counter += 1
        let order = IndexPermutation(
            size: UInt64(speakers.count), seed: random.bits(number, counter))
        let others = (0..<speakers.count).lazy.map { Int(order[UInt64($0)]) }.filter { $0 != speaker }
        return [first(row), first(same)] + others.prefix(ways - 1).map { first(draw(speakers[$0])) }
    }
}
