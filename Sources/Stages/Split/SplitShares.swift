import Corpus

/// How much of a corpus each side gets, in parts per million, so that 95 % is exactly 950 000.
///
/// The three add up to at most 1 000 000; what is left over is not used.
package struct SplitShares: Codable, Hashable, Sendable {
    package static let whole = 1_000_000

    package var train: Int
    package var validation: Int
    package var test: Int

    package init(train: Int, validation: Int, test: Int) {
        self.train = train
        self.validation = validation
        self.test = test
    }

    package subscript(side: Side) -> Int {
        switch side {
        case .train: train
        case .validation: validation
        case .test: test
        }
    }

    /// The side at a place of the axis 0..<1 000 000, on which test comes first, then validation, then train.
    ///
    /// Test and validation come first so that training on less or more of a corpus leaves both alone, and so
    /// that a larger share of the first ones keeps whom it had.
    package func side(at place: Int) -> Side? {
        if place < test { return .test }
        if place < test + validation { return .validation }
        return place < test + validation + train ? .train : nil
    }

    /// The side at the place where 64 random bits fall on that axis.
    func side(bits: UInt64) -> Side? {
        side(at: Int(bits.multipliedFullWidth(by: UInt64(SplitShares.whole)).high))
    }

    func checked() throws(SplitError) {
        guard train >= 0, validation >= 0, test >= 0, train + validation + test <= SplitShares.whole else {
            throw SplitError.shares(self)
        }
    }
}
