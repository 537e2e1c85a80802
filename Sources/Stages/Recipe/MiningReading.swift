import Foundation

/// The file of embeddings that a recipe names for mining.
package struct EmbeddingsRequest: Sendable {
    package let path: String
    /// Where the recipe names it, for errors.
    package let place: String
}

/// Reads the keys of `pairs` that mine hard ones.
enum MiningReading {
    /// The most visits of one anchor.
    static let largestVisitCount = 1000

    /// How to mine; nil where the recipe names no embeddings.
    static func rules(
        _ section: inout RecipeSection, _ rules: PairRules
    ) throws(RecipeError) -> MiningRules? {
        let path = try section.text("embeddings")
        let kind: MiningRules.Kind? = try section.choice("mining")
        let distance: MiningRules.Distance? = try section.choice("distance")
        let margin = try section.number("margin", 0...Double.greatestFiniteMagnitude)
        let candidates = try section.integer("candidates", 1...1000)
        guard path != nil, path != "" else {
            for key in RecipeShape.mining where section.keys.contains(key) {
                throw section.error(key, "goes with pairs.embeddings, the safetensors file of embeddings")
            }
            return nil
        }
        guard let kind else {
            throw section.error("mining", "is needed with pairs.embeddings; valid: semi-hard, hard")
        }
        var mining = MiningRules(kind: kind, distance: distance ?? .cosine, candidates: candidates ?? 1)
        if kind == .semiHard {
            mining.margin = margin ?? 0.2
        } else if margin != nil {
            throw section.error("margin", "goes with pairs.mining: semi-hard; hard ones have none")
        }
        try check(mining, rules, section)
        return mining
    }

    private static func check(
        _ mining: MiningRules, _ rules: PairRules, _ section: RecipeSection
    ) throws(RecipeError) {
        if mining.kind == .semiHard, rules.kind == .pairs {
            throw section.error(
                "mining",
                "cannot be 'semi-hard' for pairs, which have no positive beside the negative; use hard, "
                    + "or pairs.kind: triplets")
        }
        if mining.margin == 0 {
            throw section.error("margin", "is 0, so that no negative is within it; give one such as 0.2")
        }
        guard rules.balance == .none else {
            throw section.error(
                "balance",
                "cannot be '\(rules.balance.rawValue)' with pairs.mining, which visits every example")
        }
    }

    /// Where the embeddings are.
    static func embeddings(_ node: RecipeNode?, place: String) throws(RecipeError) -> EmbeddingsRequest? {
        guard let node else { return nil }
        var section = try RecipeSection(node, name: "pairs", place: place)
        guard let path = try section.text("embeddings"), !path.isEmpty else { return nil }
        return EmbeddingsRequest(path: path, place: section.place(of: "embeddings"))
    }

    /// Refuses a count that visits every example more often than mining can keep apart.
    static func check(
        _ count: PairParameters.Count, _ mining: MiningRules?, _ section: RecipeSection
    ) throws(RecipeError) {
        guard mining != nil, case .each(let times) = count, times > largestVisitCount else { return }
        throw section.error("count", "is at most each*\(largestVisitCount) with pairs.mining")
    }
}
