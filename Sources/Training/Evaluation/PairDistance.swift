internal import Torch

/// How far apart two embeddings are, in the way that their network was trained for: the smaller, the more of one
/// speaker.
package struct PairDistance {
    package enum Comparison: String, Codable, Sendable, CaseIterable {
        /// 1 − cosine similarity: 0 … 2. Of networks that were trained on angles or classes.
        case cosine
        /// Of networks that were trained on distances.
        case euclidean
        /// The score of the network's own head: its logit that they differ; above 0 it says so.
        case head
    }

    package let comparison: Comparison
    private let network: any Network

    package init(_ network: any Network) {
        self.network = network
        comparison =
            switch network.blueprint {
            case .fbankNet, .resNet18: .cosine
            case .spectrogramNet(let parameters): parameters.head == .twoClasses ? .head : .euclidean
            case .voicemap(let parameters):
                [.euclidean, .absoluteDifference].contains(parameters.head) ? .head : .euclidean
            case .mfcc: .head
            }
    }

    /// The distance of each pair of places of `table`.
    package func callAsFunction(
        _ table: EmbeddingTable, _ pairs: [(first: Int, second: Int)]
    ) throws(TrainingError) -> [Float] {
        switch comparison {
        case .cosine:
            let lengths = table.rows.indices.map { place in
                max(table[place].reduce(0) { $0 + $1 * $1 }.squareRoot(), 1e-8)
            }
            return pairs.map { 1 - products(table[$0], table[$1]) / (lengths[$0] * lengths[$1]) }
        case .euclidean: return pairs.map { squares(table[$0], table[$1]).squareRoot() }
        case .head:
            guard let scorer = network as? any PairScorer else { return [] }
            return try TrainingError.wrapping { () throws(TorchError) in try heads(scorer, table, pairs) }
        }
    }

    private func products(_ first: ArraySlice<Float>, _ second: ArraySlice<Float>) -> Float {
        zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
    }

    private func squares(_ first: ArraySlice<Float>, _ second: ArraySlice<Float>) -> Float {
        zip(first, second).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }

    private func heads(
        _ scorer: any PairScorer, _ table: EmbeddingTable, _ pairs: [(first: Int, second: Int)]
    ) throws(TorchError) -> [Float] {
        var distances: [Float] = []
        distances.reserveCapacity(pairs.count)
        for start in stride(from: 0, to: pairs.count, by: 1024) {
            let some = pairs[start..<min(start + 1024, pairs.count)]
            let sides = try [some.map(\.first), some.map(\.second)].map { places throws(TorchError) in
                try table.tensor(places, network.store.device)
            }
            let logits = try LibTorch.withoutGradients { () throws(TorchError) in
                try scorer.pairLogits(sides[0], sides[1], .evaluation).floats()
            }
            if logits.count == some.count {
                distances += logits
            } else {
                // No match and match: how much more the first is believed.
                distances += some.indices.map { logits[2 * ($0 - start)] - logits[2 * ($0 - start) + 1] }
            }
        }
        return distances
    }
}
