/// Verification trials of a dataset: pairs of units, each an example or an utterance of several.
package struct TrialSet: Sendable {
    /// What is compared: one example, or an utterance, which is the average of its examples.
    package struct Unit: Sendable, Hashable {
        /// As score lists call it.
        package let name: String
        /// The number of its speaker.
        package let speaker: UInt32
        package let rows: [UInt32]
    }

    package enum Kind: String, Codable, Sendable {
        case examples
        case utterances
    }

    package let kind: Kind
    /// Which trials they are and where they come from, for people: `the 600 stored trials of test`.
    package internal(set) var source: String
    package private(set) var units: [Unit] = []
    /// The units of each trial: enrollment and test.
    package private(set) var first: [UInt32] = []
    package private(set) var second: [UInt32] = []
    package private(set) var isTarget: [Bool] = []
    private var numbers: [String: UInt32] = [:]
    private var numbersOfRows: [UInt32: UInt32] = [:]

    init(_ kind: Kind, source: String) {
        (self.kind, self.source) = (kind, source)
    }

    package var count: Int { first.count }
    package var targetCount: Int { isTarget.count { $0 } }

    /// The number of speakers of the trials' units.
    package var speakerCount: Int { Set(units.map(\.speaker)).count }

    /// The number of a unit that is one example.
    mutating func unit(row: UInt32, speaker: UInt32, name: () -> String) -> UInt32 {
        if let number = numbersOfRows[row] { return number }
        units.append(Unit(name: name(), speaker: speaker, rows: [row]))
        numbersOfRows[row] = UInt32(units.count - 1)
        return UInt32(units.count - 1)
    }

    /// The number of a unit of this name.
    mutating func unit(named name: String, speaker: UInt32, rows: () -> [UInt32]) -> UInt32 {
        if let number = numbers[name] { return number }
        units.append(Unit(name: name, speaker: speaker, rows: rows()))
        numbers[name] = UInt32(units.count - 1)
        return UInt32(units.count - 1)
    }

    mutating func add(_ first: UInt32, _ second: UInt32, isTarget: Bool) {
        self.first.append(first)
        self.second.append(second)
        self.isTarget.append(isTarget)
    }

    /// Of each trial, the speakers of its units, numbered from 0 among those that the trials name.
    func speakers() -> (first: [UInt32], second: [UInt32], count: Int) {
        let present = Set(units.map(\.speaker)).sorted()
        var places: [UInt32: UInt32] = [:]
        for (place, speaker) in present.enumerated() { places[speaker] = UInt32(place) }
        let ofUnit = units.map { places[$0.speaker] ?? 0 }
        return (first.map { ofUnit[Int($0)] }, second.map { ofUnit[Int($0)] }, present.count)
    }
}
