/// n-shot k-way questions of one shape, by row numbers: who of k speakers, each known from n examples, said the query?
package struct EpisodeSet: Hashable, Sendable {
    /// k: how many speakers stand to choose, at least 2.
    package let wayCount: Int
    /// n: how many examples of each are known, at least 1.
    package let shotCount: Int
    /// The row of each episode's query.
    package let query: [UInt32]
    /// The rows of the support: episode by episode, class by class, shot by shot.
    package let support: [UInt32]
    /// The class of each episode that is the query's speaker: 0..<wayCount.
    package let answer: [UInt32]

    package init(
        wayCount: Int, shotCount: Int, query: [UInt32], support: [UInt32], answer: [UInt32]
    ) throws(ScoringError) {
        guard wayCount >= 2, shotCount >= 1, !query.isEmpty else {
            throw ScoringError(
                "\(query.count) episodes of \(shotCount) shots and \(wayCount) ways; there must be at least one, with "
                    + "1 shot and 2 ways")
        }
        guard answer.count == query.count, support.count == query.count * wayCount * shotCount else {
            throw ScoringError(
                "\(query.count) episodes of \(shotCount) shots and \(wayCount) ways need "
                    + "\(query.count * wayCount * shotCount) support rows and \(query.count) answers; there are "
                    + "\(support.count) and \(answer.count)")
        }
        if let episode = answer.firstIndex(where: { $0 >= wayCount }) {
            throw ScoringError(
                "the answer of episode \(episode + 1) is class \(answer[episode]); classes are 0 to \(wayCount - 1)"
            )
        }
        (self.wayCount, self.shotCount) = (wayCount, shotCount)
        (self.query, self.support, self.answer) = (query, support, answer)
    }

    package var count: Int { query.count }
}
