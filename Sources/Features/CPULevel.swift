internal import CKernels

/// The vector instructions a kernel uses. Every level gives the same bits; a higher one is faster.
package enum CPULevel: Int32, Comparable, Sendable, CaseIterable {
    case base, avx2, avx512

    /// The highest level of this CPU.
    package static let best = CPULevel(rawValue: ck_cpu_level()) ?? .base

    /// The levels this CPU runs, lowest first.
    package static var available: [CPULevel] { allCases.filter { $0 <= best } }

    package static func < (left: CPULevel, right: CPULevel) -> Bool { left.rawValue < right.rawValue }
}
