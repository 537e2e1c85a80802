import ArgumentParser

struct Artifacts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "artifacts", abstract: "")
    func run() async throws {}
}
