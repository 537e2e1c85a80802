internal import Foundation

/// Factors and order of the kernel's real FFT of `size` points, a power of two: a complex FFT of half the size, radix 4 in
/// place with decimation in frequency (a last radix-2 pass where one is left), whose outputs are then combined.
/// Computed in double precision and rounded once.
struct FourierTables {
    /// Per pass, for j = 1..<quarter: cosine and sine of the angles of w^j, w^2j, w^3j with w = exp(−2πi/length).
    let twiddles: [Float]
    /// Rows of the block where the power of bin k is left, for k in 0...size/2: those of the real parts.
    let slots: [Int32]
    /// The slots of k and size/2 − k for k in 1..<size/4, in the order of memory.
    let pairs: [Int32]
    /// For each pair, cosine and sine of −2πk/size.
    let split: [Float]

    init(size: Int) {
        let half = size / 2
        var factors: [Float] = []
        var length = half
        while length >= 4 {
            for j in 1..<max(length / 4, 1) {
                for multiple in 1...3 { factors += Self.turn(j * multiple, of: length) }
            }
            length /= 4
        }
        twiddles = factors
        // The last bin's power has the imaginary part of frequency 0 to itself.
        let slots = (0..<half).map { Int32(2 * Self.position(ofFrequency: $0, size: half)) } + [1]
        let order = (1..<half / 2).sorted { slots[$0] < slots[$1] }
        pairs = order.flatMap { [slots[$0], slots[half - $0]] }
        split = order.flatMap { Self.turn($0, of: size) }
        self.slots = slots
    }

    private static func turn(_ steps: Int, of count: Int) -> [Float] {
        let angle = -2 * Double.pi * Double(steps) / Double(count)
        return [Float(cos(angle)), Float(sin(angle))]
    }

    /// Every pass sends the frequencies of remainder r to its r-th part.
    private static func position(ofFrequency frequency: Int, size: Int) -> Int {
        var (rest, length, position) = (frequency, size, 0)
        while length > 1 {
            let radix = length >= 4 ? 4 : 2
            length /= radix
            position += rest % radix * length
            rest /= radix
        }
        return position
    }
}
