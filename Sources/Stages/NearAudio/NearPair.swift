/// Two utterances that hold the same sound.
struct NearPair: Hashable, Sendable {
    /// Rows, the smaller first.
    let a: Int
    let b: Int
    /// How many codes later the sound lies in `a` than in `b`.
    let offset: Int
    /// Bits that differ, and codes compared.
    let difference: Int
    let compared: Int
    /// Codes of the whole overlap that agree, by stretches of half a second.
    let alike: Int

    /// Share of differing bits.
    var mismatch: Double { Double(difference) / Double(16 * max(compared, 1)) }
}
