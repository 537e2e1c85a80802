/// What of a complex spectrum X is used.
package enum Spectrum: String, Codable, Sendable, CaseIterable {
    /// |X|².
    case power
    /// |X|.
    case magnitude
}
