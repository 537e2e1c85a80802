/// Three examples by their row numbers: the anchor, another of its speaker, and one of another speaker.
package struct Triplet: Hashable, Sendable {
    package let anchor: UInt32
    package let positive: UInt32
    package let negative: UInt32

    package init(anchor: UInt32, positive: UInt32, negative: UInt32) {
        self.anchor = anchor
        self.positive = positive
        self.negative = negative
    }
}
