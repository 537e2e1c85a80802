import ArgumentParser

/// How many threads an operator may have.
enum ThreadCount {
    /// More than this many wait for one another longer than they compute.
    private static let limit = 512

    static func check(_ count: Int) throws {
        guard (1...limit).contains(count) else {
            throw ValidationError("--threads must be from 1 to \(limit).")
        }
    }
}
