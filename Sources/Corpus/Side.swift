/// One side of a split. A thing that stands on no side is `nil`: it is not used.
package enum Side: String, Codable, Sendable, CaseIterable {
    case train
    case validation
    case test

    /// The byte of a side in stored tables: 0 not used, 1 train, 2 validation, 3 test. Fixed for ever.
    package static func code(of side: Side?) -> UInt8 {
        switch side {
        case nil: 0
        case .train: 1
        case .validation: 2
        case .test: 3
        }
    }

    /// The byte of this side: 1 train, 2 validation, 3 test.
    package var code: UInt8 { Side.code(of: self) }

    /// The side with a stored byte; `nil` for 0 (not used) and for bytes that are no side.
    package init?(code: UInt8) {
        guard let side = Side.allCases.first(where: { $0.code == code }) else { return nil }
        self = side
    }
}
