import ArgumentParser

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "verify", abstract: "")
    func run() async throws {}
}
