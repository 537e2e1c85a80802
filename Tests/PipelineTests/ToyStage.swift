import ContentStore
import Manifest
import Pipeline

/// A stage over integers: what it does to one, and what is known of it.
struct ToyStage: Sendable {
    var name: String
    var revision = 1
    var libraries: [String: String] = [:]
    /// The one parameter.
    var amount: Int
    var isKept = true
    var mayCutOff = false
    /// What it reads; the stage before it, or the subject's sources, when nil.
    var inputs: [InputSource]?
    /// The number made of the one given and `amount`.
    var apply: @Sendable (_ value: Int, _ amount: Int) -> Int

    func spec(after previous: ToyStage?) throws -> StageSpec {
        let identity = StageIdentity(
            name: name, revision: revision, parameters: try CanonicalJSON.encode(["amount": amount]),
            libraries: libraries)
        return StageSpec(
            identity: identity, inputs: inputs ?? [previous.map { .own($0.name) } ?? .sources],
            isKept: isKept,
            mayCutOff: mayCutOff)
    }
}

/// A number read from outside.
struct ToySource: Sendable {
    var id: String
    var value: Int
    /// Whether the value's digest is known before it is read.
    var isKnown = true
    /// The subject's parameters, as JSON.
    var parameters = ""
    var role = "number"
    /// Sources beside the number, of which no stage makes anything.
    var others: [Source] = []

    /// The digest of the number as it stands in its source.
    var digest: Digest { Digest.of("source \(value)".utf8) }

    var subject: Subject {
        Subject(
            id: id, parameters: parameters,
            sources: [Source(role: role, digest: isKnown ? digest : nil)] + others)
    }
}

/// A dataset of integers: `chain` for every source, then one sum over what the chain's last stage made.
struct ToyRecipe: Sendable {
    var sources: [ToySource]
    var chain: [ToyStage]
    var sum: ToyStage

    /// Three sources; `read` forgets the last digit, so that sources may differ and it still makes the same.
    static func three() -> ToyRecipe {
        ToyRecipe(
            sources: [
                ToySource(id: "a", value: 100), ToySource(id: "b", value: 200),
                ToySource(id: "c", value: 300),
            ],
            chain: [
                ToyStage(name: "read", amount: 10, mayCutOff: true) { $0 / $1 },
                ToyStage(name: "add", amount: 5, isKept: false) { $0 + $1 },
                ToyStage(name: "multiply", amount: 3) { $0 * $1 },
            ],
            sum: ToyStage(name: "sum", amount: 0, inputs: [.each("multiply")]) { $0 + $1 })
    }

    func chainLayer() throws -> Layer {
        var stages: [StageSpec] = []
        for (position, stage) in chain.enumerated() {
            stages.append(try stage.spec(after: position == 0 ? nil : chain[position - 1]))
        }
        return Layer(stages: stages, subjects: sources.map(\.subject))
    }

    func sumLayer() throws -> Layer {
        Layer(stages: [try sum.spec(after: chain.last)], subjects: [Subject(id: "dataset")])
    }
}
