import Corpus

/// What a split came out as: speakers and speech per side and sex, beside the shares that were asked for.
package struct SplitReport: Codable, Hashable, Sendable {
    package struct Count: Codable, Hashable, Sendable {
        package var speakers = 0
        /// In the unit of `SplitCandidate.duration`.
        package var duration: UInt64 = 0
    }

    package struct Row: Codable, Hashable, Sendable {
        /// `nil`: not used.
        package var side: Side?
        /// In the order of `Sex.allCases`: female, male, unknown.
        package var bySex: [Count]

        package var total: Count {
            bySex.reduce(into: Count()) { sum, count in
                sum.speakers += count.speakers
                sum.duration += count.duration
            }
        }
    }

    /// Train, validation, test, not used.
    package let rows: [Row]

    /// `sides` is what `assignSpeakers` gave for `speakers`.
    package init(_ speakers: [SplitCandidate], _ sides: [Side?]) {
        precondition(
            speakers.count == sides.count, "\(speakers.count) speakers, but \(sides.count) sides")
        let empty = [Count](repeating: Count(), count: Sex.allCases.count)
        var rows = (Side.allCases + [nil]).map { Row(side: $0, bySex: empty) }
        for (speaker, side) in zip(speakers, sides) {
            let row = side.map { Int($0.code) - 1 } ?? Side.allCases.count
            let column = speaker.sex == .female ? 0 : speaker.sex == .male ? 1 : 2
            rows[row].bySex[column].speakers += 1
            rows[row].bySex[column].duration += speaker.duration
        }
        self.rows = rows
    }

    /// The part of all speakers, or of all speech, that a side has, in 0…1; of one sex or of all. `nil` where
    /// there is nothing to have a part of.
    package func share(of side: Side, measure: SplitRules.Measure, sex: Sex? = nil) -> Double? {
        let column = sex.flatMap { Sex.allCases.firstIndex(of: $0) }
        let amounts = rows.map { row in
            let count = column.map { row.bySex[$0] } ?? row.total
            return measure == .speakers ? Double(count.speakers) : Double(count.duration)
        }
        let whole = amounts.reduce(0, +)
        return whole > 0 ? amounts[Int(side.code) - 1] / whole : nil
    }

    /// The largest distance of a measured share from its target, over the sides and, with strata by sex, over
    /// the sexes too: 0.01 is one percentage point.
    package func deviation(from rules: SplitRules) -> Double {
        let sexes: [Sex?] = rules.strata == .sex ? [.female, .male, nil] : [nil]
        var largest = 0.0
        for side in Side.allCases {
            let target = Double(rules.shares[side]) / Double(SplitShares.whole)
            for sex in sexes {
                guard let share = share(of: side, measure: rules.measure, sex: sex) else { continue }
                largest = max(largest, abs(share - target))
            }
        }
        return largest
    }
}
