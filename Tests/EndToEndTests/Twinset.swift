import Foundation
import Testing

/// Runs the `twinset` that was built along with these tests, as a user does.
enum Twinset {
    /// The folder of the test bundle: the program lies beside it.
    private static let products: URL = {
        let bundle = Bundle.allBundles.first { $0.bundleURL.pathExtension == "xctest" }
        return bundle?.bundleURL.deletingLastPathComponent() ?? Bundle.main.bundleURL
    }()

    static let program = products.appendingPathComponent("twinset").path

    /// One run from start to end, in its turn: no more run at once than there are processors.
    @discardableResult
    static func run(
        _ arguments: [String], in folder: String? = nil, limit: Duration = .seconds(90),
        at place: SourceLocation = #_sourceLocation
    ) async throws -> TwinsetRun {
        await Turns.shared.take()
        do {
            let running = try RunningProgram(program, arguments, in: folder)
            let run = await running.end(limit: limit, at: place)
            await Turns.shared.give()
            return run
        } catch {
            await Turns.shared.give()
            throw error
        }
    }

    /// Another program, such as `mount`, in the same way.
    static func run(program: String, _ arguments: [String]) async throws -> TwinsetRun {
        try await RunningProgram(program, arguments).end(limit: .seconds(60))
    }
}

/// What a run came to.
struct TwinsetRun: Sendable {
    /// The exit status, or nil when a signal ended it.
    let status: Int32?
    let output: String
    let complaint: String
    let seconds: Double

    var complaintLines: [Substring] { complaint.split(separator: "\n") }

    /// The JSON that stands alone on standard output.
    func json<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(output.utf8))
    }
}

/// Lets as many programs run at once as there are processors.
private actor Turns {
    static let shared = Turns(count: max(2, ProcessInfo.processInfo.activeProcessorCount))

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(count: Int) { free = count }

    func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func give() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
