import Foundation
import Stages

/// `twinset-train`, found beside `twinset` and run in its place, as git does with its subcommands: so that `twinset` itself
/// needs no torch.
enum TrainerProgram {
    /// Answers `twinset help train`, of which `twinset` itself knows no options; returns where it is not meant.
    static func explain(_ arguments: [String]) throws {
        let names = Twinset.configuration.subcommands.compactMap { ($0 as? any TrainerCommand.Type)?.name }
        guard arguments.count == 3, arguments[1] == "help", names.contains(arguments[2]) else { return }
        try run(arguments[2], ["--help"])
    }

    /// Becomes `twinset-train` with this subcommand; returns only by an error.
    static func run(_ subcommand: String, _ arguments: [String]) throws -> Never {
        let own = Bundle.main.executablePath ?? CommandLine.arguments[0]
        let program = URL(fileURLWithPath: own).resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("twinset-train").path
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw StageError.usage(
                "'twinset \(subcommand)' needs the program \(program); build it: swift build --traits Torch")
        }
        // Threads of libtorch that wait for one another are to sleep: where the cores are shared with other work, those that
        // keep looking take the time of the one they wait for, and training becomes several times slower.
        unsafe setenv("OMP_WAIT_POLICY", "passive", 0)
        var words: [UnsafeMutablePointer<CChar>?] = unsafe ([program, subcommand] + arguments).map {
            unsafe strdup($0)
        }
        unsafe words.append(nil)
        unsafe execv(program, words)
        throw StageError.failed("cannot run \(program): \(unsafe String(cString: strerror(errno)))")
    }
}
