/// Why scores, or a list of them, cannot be evaluated: one sentence for people.
package struct ScoringError: Error, Equatable, CustomStringConvertible {
    package let message: String

    package init(_ message: String) { self.message = message }

    package var description: String { message }
}
