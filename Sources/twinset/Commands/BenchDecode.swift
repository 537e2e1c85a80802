import ArgumentParser

struct BenchDecode: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "bench-decode", abstract: "")
    func run() async throws {}
}
