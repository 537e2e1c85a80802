import Foundation

/// One file of `Golden`, made by PyTorch 2.15.0 in double precision with `scripts/golden-networks`.
struct GoldenFile: Decodable {
    /// What is kept of one parameter's gradient: its length, a signed sum of all elements, and a few of them.
    struct Gradient: Decodable {
        let norm: Double
        let digest: Double
        let index: [Int]
        let value: [Double]
    }

    let parameters: Int
    let outputs: [String: [Double]]
    let loss: Double
    let gradients: [String: Gradient]
    /// The length of all gradients before they were clipped.
    let length: Double?
    /// The chosen elements of every parameter after one step.
    let after: [String: [Double]]
    /// Embeddings by the running statistics of this one batch, before the step.
    let evaluation: [Double]

    static func read<Content: Decodable>(_ name: String, as type: Content.Type = GoldenFile.self) throws
        -> Content
    {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "Golden")
        let data = try Data(contentsOf: folder.appendingPathComponent(name + ".json"))
        return try JSONDecoder().decode(type, from: data)
    }
}
