/// Two examples by their row numbers, and whether one speaker speaks in both.
package struct Pair: Hashable, Sendable {
    package let a: UInt32
    package let b: UInt32
    package let isSame: Bool

    package init(a: UInt32, b: UInt32, isSame: Bool) {
        self.a = a
        self.b = b
        self.isSame = isSame
    }
}
