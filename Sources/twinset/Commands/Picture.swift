import ArgumentParser

struct Picture: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "picture", abstract: "")
    func run() async throws {}
}
