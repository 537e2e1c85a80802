internal import Foundation

/// One run of ffmpeg: what it wrote, and how it ended.
struct FFmpegRun {
    private(set) var output: [UInt8] = []
    /// What it said, from its standard error.
    let messages: String
    let status: Int32
    /// It was ended because its output went over the limit.
    private(set) var isBeyondLimit = false

    init(_ path: String, _ arguments: [String], outputLimit: Int) throws(AudioError) {
        // A file takes all it may say; a pipe that nobody reads would fill and stop it.
        let words = NSTemporaryDirectory() + "/twinset-ffmpeg-\(UUID().uuidString)"
        guard FileManager.default.createFile(atPath: words, contents: nil) else {
            throw AudioError(
                .libraryFailure, "\(words), which is needed to hear what ffmpeg says, cannot be written.")
        }
        defer { try? FileManager.default.removeItem(atPath: words) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        do {
            process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: words))
            try process.run()
            while let part = try pipe.fileHandleForReading.read(upToCount: 1 << 16), !part.isEmpty {
                output += part
                guard output.count > outputLimit else { continue }
                isBeyondLimit = true
                // Whatever it does with other signals, this ends it.
                kill(process.processIdentifier, SIGKILL)
                break
            }
        } catch {
            throw AudioError(.libraryFailure, "\(path) cannot be run: \(error.localizedDescription)")
        }
        process.waitUntilExit()
        status = process.terminationStatus
        messages = String(decoding: FileManager.default.contents(atPath: words) ?? Data(), as: UTF8.self)
    }
}
