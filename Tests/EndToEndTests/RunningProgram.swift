import Foundation
import Testing

/// A program that was started and has not been waited for. Its output goes to files, so that it never waits for a
/// reader.
struct RunningProgram: Sendable {
    private let process: Process
    private let ended: AsyncStream<Never>
    private let folder = WorkFolder()
    private let began = ContinuousClock.now

    /// - Parameter place: the folder it runs in, when that is to be another than that of the tests.
    init(_ program: String, _ arguments: [String], in place: String? = nil) throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try RunningProgram.file(folder.path + "/out")
        process.standardError = try RunningProgram.file(folder.path + "/err")
        if let place { process.currentDirectoryURL = URL(fileURLWithPath: place) }
        let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
        ended = stream
        process.terminationHandler = { _ in continuation.finish() }
        try process.run()
    }

    private static func file(_ path: String) throws -> FileHandle {
        try Data().write(to: URL(fileURLWithPath: path))
        return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }

    var identifier: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }

    /// What it has said on standard error so far.
    var complaint: String { text("err") }

    private func text(_ name: String) -> String {
        String(
            decoding: FileManager.default.contents(atPath: folder.path + "/" + name) ?? Data(), as: UTF8.self)
    }

    /// Ends it at once, with no chance to clean up.
    func kill() { if process.isRunning { Foundation.kill(identifier, SIGKILL) } }

    /// Waits for its end; a run longer than `limit` is killed and is a failure of the test.
    func end(limit: Duration, at place: SourceLocation = #_sourceLocation) async -> TwinsetRun {
        let watchdog = Task {
            try await Task.sleep(for: limit)
            kill()
            Issue.record("\(process.arguments ?? []) ran for more than \(limit)", sourceLocation: place)
        }
        for await _ in ended {}
        watchdog.cancel()
        let elapsed = began.duration(to: .now).components
        return TwinsetRun(
            status: process.terminationReason == .exit ? process.terminationStatus : nil, output: text("out"),
            complaint: text("err"), seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18)
    }

    /// Ends it at once when `delay` has passed, however busy the tests are.
    func kill(after delay: Duration) {
        let nanoseconds =
            delay.components.seconds * 1_000_000_000 + delay.components.attoseconds / 1_000_000_000
        DispatchQueue.global().asyncAfter(deadline: .now() + .nanoseconds(Int(nanoseconds))) { [process] in
            if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
        }
    }

    /// Blocks until `condition` holds, or the program or ten seconds have ended; says whether it came to hold.
    func wait(until condition: () -> Bool) -> Bool {
        for _ in 0..<5000 {
            if condition() { return true }
            guard process.isRunning else { return false }
            Thread.sleep(forTimeInterval: 0.002)
        }
        return false
    }
}

/// Runs `body` on a thread of its own: what must act at the right moment cannot wait for its turn among the tests.
func onOwnThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread { continuation.resume(with: Result { try body() }) }.start()
    }
}
