import ArgumentParser

struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "")
    func run() async throws {}
}
