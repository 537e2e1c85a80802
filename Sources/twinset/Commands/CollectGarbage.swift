import ArgumentParser

struct CollectGarbage: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "gc", abstract: "")
    func run() async throws {}
}
