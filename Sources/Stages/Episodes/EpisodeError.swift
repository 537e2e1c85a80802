/// Episodes that cannot be drawn as asked: one sentence with what they need, what there is, and what to change.
package struct EpisodeError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Reason: String, Hashable, Sendable {
        case tooFewSpeakers
        case noQuery
    }

    package let reason: Reason
    /// Speakers that are needed and that there are.
    package let needed: Int
    package let available: Int
    package let description: String

    static func tooFewSpeakers(
        way: Int, shot: Int, available: Int, speakers: Int, sex: String
    ) -> EpisodeError {
        let fewer = [
            available >= 2 ? "\(available) ways at most" : nil, shot > 1 ? "fewer shots" : nil,
        ].compactMap { $0 }
        let asked = fewer.isEmpty ? "" : "ask for \(fewer.joined(separator: ", for ")), or "
        let utterances = shot == 1 ? "an utterance" : "\(shot) utterances"
        return EpisodeError(
            reason: .tooFewSpeakers, needed: way, available: available,
            description:
                "\(shot)-shot \(way)-way episodes need \(way)\(sex) speakers with \(utterances) or more, but "
                + "\(available) of \(speakers) \(available == 1 ? "has" : "have") so many: "
                + "\(asked)add recordings")
    }

    static func noQuery(shot: Int, way: Int, speakers: Int, isAcrossSessions: Bool) -> EpisodeError {
        let others = isAcrossSessions ? "in other sessions " : ""
        return EpisodeError(
            reason: .noQuery, needed: 1, available: 0,
            description:
                "\(shot)-shot \(way)-way episodes need a speaker with \(shot) utterance\(shot == 1 ? "" : "s") "
                + "\(others)besides the query's, but none of \(speakers) has so many: "
                + "\(shot > 1 ? "ask for fewer shots, " : "")"
                + "\(isAcrossSessions ? "allow support of the query's session, " : "")or add recordings")
    }
}
