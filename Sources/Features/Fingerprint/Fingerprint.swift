/// What is left of a recording when loudness, place in time, encoding and sample rate are taken away.
package struct Fingerprint: Sendable {
    /// A place of much movement, by which like recordings are found: two recordings of one sound have theirs at the
    /// same moments of it.
    package struct Landmark: Hashable, Sendable {
        /// The code at which it lies.
        package var frame: UInt32
        /// The two of its key's 32 bits that are least certain, a byte each, the least certain in the low one.
        package var weak: UInt16

        package init(frame: UInt32, weak: UInt16) {
            self.frame = frame
            self.weak = weak
        }
    }

    /// 16 bits for every hop.
    package internal(set) var codes: [UInt16] = []
    /// In the order of time.
    package internal(set) var landmarks: [Landmark] = []

    package init() {}

    mutating func removeAll() {
        codes.removeAll(keepingCapacity: true)
        landmarks.removeAll(keepingCapacity: true)
    }
}
