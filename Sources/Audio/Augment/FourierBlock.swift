/// A complex discrete Fourier transform of a power-of-two size in double precision: radix 2, in place.
///
/// For long convolutions only; features have their own. Tables are made once, by plain arithmetic, and the additions have
/// one order, so that the bits are the same everywhere.
struct FourierBlock {
    let size: Int
    private let cosines: [Double]
    private let sines: [Double]

    init(size: Int) {
        precondition(size >= 2 && size & (size - 1) == 0, "a transform of \(size) values")
        self.size = size
        cosines = (0..<size / 2).map { SineOfPi.value(0.5 - 2 * Double($0) / Double(size)) }
        sines = (0..<size / 2).map { -SineOfPi.value(2 * Double($0) / Double(size)) }
    }

    /// Transforms `size` values; the inverse is not divided by `size`.
    func transform(_ real: inout MutableSpan<Double>, _ imaginary: inout MutableSpan<Double>, inverse: Bool) {
        reorder(&real, &imaginary)
        var half = 1
        while half < size {
            let step = size / (2 * half)
            for start in stride(from: 0, to: size, by: 2 * half) {
                for offset in 0..<half {
                    let (low, high) = (start + offset, start + offset + half)
                    let c = cosines[offset * step]
                    let s = inverse ? -sines[offset * step] : sines[offset * step]
                    let turnedReal = real[high] * c - imaginary[high] * s
                    let turnedImaginary = real[high] * s + imaginary[high] * c
                    real[high] = real[low] - turnedReal
                    imaginary[high] = imaginary[low] - turnedImaginary
                    real[low] += turnedReal
                    imaginary[low] += turnedImaginary
                }
            }
            half *= 2
        }
    }

    /// Every index goes to the place of its bits reversed.
    private func reorder(_ real: inout MutableSpan<Double>, _ imaginary: inout MutableSpan<Double>) {
        var other = 0
        for index in 1..<size {
            var bit = size >> 1
            while other & bit != 0 {
                other ^= bit
                bit >>= 1
            }
            other |= bit
            if index < other {
                (real[index], real[other]) = (real[other], real[index])
                (imaginary[index], imaginary[other]) = (imaginary[other], imaginary[index])
            }
        }
    }
}
