import Corpus

/// A list of names for each side. Encoded as an object with the sides' names as keys.
package struct SideLists: Codable, Hashable, Sendable, ExpressibleByDictionaryLiteral {
    package var train: [String] = []
    package var validation: [String] = []
    package var test: [String] = []

    package init() {}

    /// `[.train: ["19"], .test: ["26"]]`; a side that is not named has an empty list.
    package init(dictionaryLiteral elements: (Side, [String])...) {
        for (side, names) in elements { self[side] = names }
    }

    package subscript(side: Side) -> [String] {
        get {
            switch side {
            case .train: train
            case .validation: validation
            case .test: test
            }
        }
        set {
            switch side {
            case .train: train = newValue
            case .validation: validation = newValue
            case .test: test = newValue
            }
        }
    }

    /// The side of every name; a name that stands twice is an error. `what` names it there: `speaker`.
    func sides(of what: String) throws(SplitError) -> [String: Side] {
        var sides: [String: Side] = [:]
        for side in Side.allCases {
            for name in self[side] {
                if let other = sides.updateValue(side, forKey: name) {
                    throw SplitError.listedTwice(what: what, name: name, first: other, second: side)
                }
            }
        }
        return sides
    }
}
