import Foundation

/// A terminal to run `twinset` on, lent by the system's `script`.
enum Terminal {
    static let isThere = FileManager.default.fileExists(atPath: "/usr/bin/script")

    /// Runs `twinset` with the terminal, of so many columns, for its standard error and returns what was shown there; its
    /// standard output goes to `file`.
    static func show(
        _ arguments: [String], columnCount: Int, output file: String
    ) async throws -> TwinsetRun {
        let words = ([Twinset.program] + arguments).map {
            "'\($0.replacingOccurrences(of: "'", with: "'\\''"))'"
        }
        let command = "stty cols \(columnCount); " + words.joined(separator: " ") + " > '\(file)'"
        #if os(Linux)
            let options = ["-q", "-e", "-c", command, "/dev/null"]
        #else
            let options = ["-q", "/dev/null", "/bin/sh", "-c", command]
        #endif
        return try await Twinset.run(program: "/usr/bin/script", options)
    }
}
