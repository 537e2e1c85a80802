import Features
import Testing

/// The bytes themselves, as literals: a change here changes every dataset made before, and wants a new stage revision.
@Suite("pinned bits") struct PinnedBitsTests {
    /// FNV-1a over the bits of the values.
    static func hash(_ values: [Float]) -> UInt64 {
        values.reduce(0xcbf2_9ce4_8422_2325) { hash, value in
            (0..<4).reduce(hash) {
                ($0 ^ UInt64(value.bitPattern >> UInt32(8 * $1) & 255)) &* 0x100_0000_01b3
            }
        }
    }

    static let cases: [(name: String, parameters: FbankParameters, normalized: Bool, hash: UInt64)] = [
        ("kaldi", GoldenTests.kaldi(), false, 0xd757_52e0_bb1f_bdfa),
        ("psf", GoldenTests.psf(), false, 0xea5b_1613_f348_556b),
        ("FBankNet", GoldenTests.psf { $0.log = false }, true, 0xdfe2_ee32_0c8f_e99e),
    ]

    @Test("features have the bits they always had", arguments: cases)
    func pinned(name: String, parameters: FbankParameters, normalized: Bool, hash: UInt64) throws {
        let actual = Self.hash(try features(of: GoldenSignal.samples, parameters, normalized: normalized))
        #expect(actual == hash, "\(name): 0x\(String(actual, radix: 16))")
    }
}
