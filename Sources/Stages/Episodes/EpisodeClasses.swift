/// The speakers that can be a class of an episode, by the stratum in which classes meet: everyone, or females and
/// males apart.
struct EpisodeClasses: Sendable {
    /// The groups with enough utterances, by stratum.
    let members: [[UInt32]]
    /// The stratum of each group; `none` for speakers of unknown sex where only one sex may meet.
    let stratumOfGroup: [UInt8]
    /// The place of each group among the members of its stratum.
    let rankOfGroup: [UInt32]
    /// How many groups each stratum has.
    let sizes: [Int]

    static let none = UInt8.max

    init(_ rows: PairRows, _ negatives: PairRules.Negatives, shot: Int) {
        var members: [[UInt32]] = []
        var strata = [UInt8](repeating: EpisodeClasses.none, count: rows.speakerCount)
        var ranks = [UInt32](repeating: 0, count: rows.speakerCount)
        var sizes: [Int] = []
        for (number, stratum) in rows.strata(negatives).enumerated() {
            var found: [UInt32] = []
            for group in stratum {
                strata[group] = UInt8(number)
                guard rows.size(group) >= shot else { continue }
                ranks[group] = UInt32(found.count)
                found.append(UInt32(group))
            }
            members.append(found)
            sizes.append(stratum.count)
        }
        self.members = members
        self.sizes = sizes
        stratumOfGroup = strata
        rankOfGroup = ranks
    }

    var memberCount: Int { members.reduce(0) { $0 + $1.count } }
}
