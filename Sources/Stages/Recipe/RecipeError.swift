/// A recipe that cannot be meant: where, what, and what is valid.
package struct RecipeError: Error, CustomStringConvertible, Sendable {
    /// `file:line`, or the option that set the value.
    package let place: String
    package let message: String

    package var description: String { "\(place): \(message)" }
}
