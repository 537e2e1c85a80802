/// A fast bijection of 64-bit words whose outputs look unrelated: the finalizer of SplitMix64.
///
/// For inner loops that need many small draws from one key that `KeyedRandom` made; not a keyed hash itself.
/// Source: D. Stafford's variant 13 of MurmurHash3's mixer, as in G. Steele, D. Lea, C. Flood, "Fast
/// splittable pseudorandom number generators", 2014.
@inlinable @inline(__always)
package func scramble(_ word: UInt64) -> UInt64 {
    var mixed = word &+ 0x9e37_79b9_7f4a_7c15
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
}
