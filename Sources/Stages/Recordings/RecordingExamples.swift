/// The examples of one recording, as a dataset of the recipe would hold them.
package struct RecordingExamples: Sendable {
    /// Example by example, row by row.
    package let values: [Float]
    /// The shape of one example: [64, 64].
    package let shape: [Int]
    /// How many there are; at least one.
    package let count: Int
    /// Of the file, in Hz.
    package let sampleRate: Int
    /// Of the file; several are mixed, unless the recipe takes the first.
    package let channelCount: Int
    /// How long the recording lasts.
    package let seconds: Double
}
