internal import CKernels

/// A vector instruction set that the kernels are compiled for. It changes their speed and never their bits.
package enum VectorLevel: Int32, Sendable, CaseIterable, Comparable {
    case base = 0
    case avx2 = 1
    case avx512 = 2

    /// The highest level of this CPU.
    package static let current = VectorLevel(rawValue: ck_cpu_level()) ?? .base

    /// The levels this CPU runs, lowest first.
    package static var available: [VectorLevel] { allCases.filter { $0 <= current } }

    package static func < (a: VectorLevel, b: VectorLevel) -> Bool { a.rawValue < b.rawValue }
}
