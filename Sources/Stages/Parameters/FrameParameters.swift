import Features

/// Which ranges of a waveform are examples. All lengths are in samples at the dataset's rate.
///
/// One of three shapes: groups of `group` frames (`window`, `hop`); cuts of `length` every `every`; or, with
/// neither, one example per utterance.
package struct FrameParameters: Codable, Hashable, Sendable {
    /// What becomes of the samples left after the last whole example.
    package enum Tail: String, Codable, Sendable, CaseIterable {
        /// They are not used; an utterance shorter than one example gives none, and is counted as short.
        case drop
        /// One more example, completed with zeros.
        case zero
        /// One more example, completed by the utterance again from its start.
        case `repeat`
        /// One more example, completed by the utterance backwards.
        case reflect
    }

    /// Whether an example may end exactly where the utterance ends.
    package enum Limit: String, Codable, Sendable, CaseIterable {
        case inclusive
        case exclusive
    }

    package var window: Int
    package var hop: Int
    package var edges: FrameEdges
    package var group: Int?
    package var length: Int?
    package var every: Int?
    /// Cut off at each end of the utterance before anything else.
    package var trim: Int
    /// Utterances with fewer samples than this (before trimming) give no example, and are counted as short.
    package var minimum: Int
    package var tail: Tail
    package var limit: Limit
    /// The most examples an utterance gives, from its start; nil for all.
    package var perUtterance: Int? = nil
    /// What becomes of parts without speech; nil leaves them.
    package var activity: ActivityRule? = nil

    /// What makes an example of a range of samples. Which ranges are taken (`every`, `trim`, `minimum`, `limit`)
    /// shows in the ranges themselves; this does not, so artifacts of ranges and of examples say it.
    struct ExampleShape: Codable, Hashable {
        let window: Int
        let hop: Int
        let edges: FrameEdges
        let group: Int?
        let length: Int?
        let tail: Tail
    }

    var exampleShape: ExampleShape {
        ExampleShape(window: window, hop: hop, edges: edges, group: group, length: length, tail: tail)
    }
}
