/// From which share of equal bits on two recordings are one sound.
///
/// Bits of different speech differ in a half; those of a copy in less than 16 %, with noise 20 dB below it in up to
/// 26 %. The shorter the stretch compared, the likelier a small share is by chance, the stricter the limit.
struct NearAudioThreshold: Codable, Hashable, Sendable {
    struct Step: Codable, Hashable, Sendable {
        /// Codes compared.
        let codes: Int
        /// The largest share of differing bits, in per mille.
        let perMille: Int
    }

    /// By number of codes; between two, a straight line.
    var steps = [
        Step(codes: 48, perMille: 120), Step(codes: 94, perMille: 200), Step(codes: 188, perMille: 270),
    ]

    /// Fewer codes than this are not compared.
    var leastCodes: Int { steps.first?.codes ?? 0 }
    /// No more than this are compared at a time.
    var mostCodes: Int { steps.last?.codes ?? 0 }

    /// The most bits that may differ among `codes` codes of 16.
    func largestDifference(codes: Int) -> Int {
        for (low, high) in zip(steps, steps.dropFirst()) where codes < high.codes {
            let slope = (high.perMille - low.perMille) * (codes - low.codes) / (high.codes - low.codes)
            return codes * 16 * (low.perMille + slope) / 1000
        }
        return codes * 16 * (steps.last?.perMille ?? 0) / 1000
    }
}
