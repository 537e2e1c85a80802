import Corpus

/// n-shot k-way questions that are computed, not stored: episode e comes from (rows, parameters, seed, shot, way,
/// e) alone.
///
/// A query, and a support of `wayCount` classes of `shotCount` examples each; one class is the query's speaker.
/// The speakers of a support are different; its examples come from different utterances, none of them the
/// query's. The utterances of a class are drawn one after another in proportion to their weights among those not
/// drawn yet; the other speakers uniformly without repetition.
///
/// The query's speaker stands at a random class, uniform and named by `answer`. Were it always the first, a scorer
/// that takes the first of equal scores would count every tie as correct, and an encoder that maps everything to
/// one point would answer all.
package struct EpisodePlan: Sendable {
    package let count: Int
    package let wayCount: Int
    package let shotCount: Int
    /// How many speakers can be the query, and can be another class.
    package let querySpeakerCount: Int
    package let classSpeakerCount: Int
    private let rows: EpisodeRows
    private let parameters: EpisodeParameters
    private let classes: EpisodeClasses
    /// The weight of each position as a query (0 where it can be none) and in a support.
    private let queries: PrefixSums
    private let weights: PrefixSums
    private let random: KeyedRandom

    /// Throws when there is no query, or some query has too few speakers to stand against.
    init(
        _ rows: EpisodeRows, _ parameters: EpisodeParameters, shot: Int, way: Int, seed: UInt64
    ) throws(EpisodeError) {
        precondition(shot >= 1 && way >= 2, "\(shot)-shot \(way)-way episodes")
        self.rows = rows
        self.parameters = parameters
        (count, wayCount, shotCount) = (parameters.count, way, shot)
        classes = EpisodeClasses(rows.utterances, parameters.negatives, shot: shot)
        let isQuery = EpisodePlan.eligible(rows.utterances, parameters, classes, shot: shot)
        queries = PrefixSums(zip(rows.weights(parameters.query), isQuery).map { $1 ? $0 : 0 })
        weights = PrefixSums(rows.weights(parameters.supportDraw))
        let groups = EpisodePlan.queryGroups(rows.utterances, isQuery)
        (querySpeakerCount, classSpeakerCount) = (groups.count, classes.memberCount)
        let key = KeyedRandom(seed: seed, domain: "episodes").bits(UInt64(shot), UInt64(way))
        random = KeyedRandom(seed: key, domain: "episode")
        try check(groups)
    }

    /// Which positions can be a query: their speaker has enough other utterances that the rules allow.
    private static func eligible(
        _ utterances: PairRows, _ parameters: EpisodeParameters, _ classes: EpisodeClasses, shot: Int
    ) -> [Bool] {
        var eligible = [Bool](repeating: false, count: utterances.count)
        for group in 0..<utterances.speakerCount
        where classes.stratumOfGroup[group] != EpisodeClasses.none {
            let size = utterances.size(group)
            for block in utterances.blocks(group) {
                let positions = utterances.positions(block: block)
                let left = size - (parameters.support == .any ? 1 : positions.count)
                for position in positions { eligible[position] = left >= shot }
            }
        }
        return eligible
    }

    private static func queryGroups(_ utterances: PairRows, _ isQuery: [Bool]) -> [Int] {
        (0..<utterances.speakerCount).filter { group in
            isQuery[utterances.start(group)..<utterances.start(group + 1)].contains(true)
        }
    }

    private func check(_ groups: [Int]) throws(EpisodeError) {
        guard !groups.isEmpty else {
            throw .noQuery(
                shot: shotCount, way: wayCount, speakers: rows.utterances.speakerCount,
                isAcrossSessions: parameters.support == .different)
        }
        for (number, members) in classes.members.enumerated() where members.count < wayCount {
            guard groups.contains(where: { Int(classes.stratumOfGroup[$0]) == number }) else { continue }
            let sex = parameters.negatives == .any ? "" : number == 0 ? " female" : " male"
            throw .tooFewSpeakers(
                way: wayCount, shot: shotCount, available: members.count, speakers: classes.sizes[number],
                sex: sex)
        }
    }

    /// Appends episode `e`, which is in `0..<count`.
    package func append(_ e: Int, to columns: inout EpisodeColumns) {
        precondition(e >= 0 && e < count, "episode \(e) of \(count)")
        var draws = EpisodeDraws(random, episode: UInt64(e))
        let query = queries.index(of: draws.below(queries.total))
        let own = group(of: query)
        let answer = Int(draws.below(UInt64(wayCount)))
        let members = classes.members[Int(classes.stratumOfGroup[own])]
        let rank = Int(classes.rankOfGroup[own])
        let order = IndexPermutation(size: UInt64(members.count - 1), seed: draws.bits())
        columns.query.append(example(query, &draws))
        columns.answer.append(UInt32(answer))
        for slot in 0..<wayCount {
            if slot == answer {
                draws.exclude(excluded(query, own))
                appendClass(own, &draws, to: &columns)
            } else {
                let other = Int(order[UInt64(slot < answer ? slot : slot - 1)])
                appendClass(Int(members[other >= rank ? other + 1 : other]), &draws, to: &columns)
            }
        }
    }

    /// The positions that the support of a query's own speaker must leave out.
    private func excluded(_ query: Int, _ group: Int) -> Range<Int> {
        guard parameters.support == .different else { return query..<query + 1 }
        return rows.utterances.positions(block: rows.utterances.block(of: query, group: group))
    }

    private func appendClass(
        _ group: Int, _ draws: inout EpisodeDraws, to columns: inout EpisodeColumns
    ) {
        let range = rows.utterances.start(group)..<rows.utterances.start(group + 1)
        for _ in 0..<shotCount {
            let position = draws.position(in: range, weights)
            columns.support.append(example(position, &draws))
            draws.exclude(position..<position + 1)
        }
        draws.removeExclusions()
    }

    private func example(_ position: Int, _ draws: inout EpisodeDraws) -> UInt32 {
        let examples = rows.examples(position)
        guard parameters.example == .any, examples.count > 1 else {
            return rows.exampleRows[examples.lowerBound]
        }
        return rows.exampleRows[examples.lowerBound + Int(draws.below(UInt64(examples.count)))]
    }

    private func group(of position: Int) -> Int {
        partitionPoint(1..<rows.utterances.groupStarts.count) {
            Int(rows.utterances.groupStarts[$0]) <= position
        } - 1
    }
}
