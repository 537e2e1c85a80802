import Corpus
import Foundation

/// Reads the sections `split` and `pairs`.
enum SelectionReading {
    static func split(_ found: RecipeSection, recipePath: String) throws(RecipeError) -> SplitParameters {
        var section = found
        var rules = SplitRules(by: try section.choice("by") ?? .speaker)
        rules.seed = UInt64(try section.integer("seed", 0...Int.max) ?? 0)
        rules.measure = try section.choice("measure") ?? .speakers
        rules.strata = try section.choice("strata") ?? .none
        rules.assignment = try section.choice("assignment") ?? .stable
        switch rules.by {
        case .subset: rules.subsets = try names(&section)
        case .list: rules.lists = try names(&section)
        case .files: for key in ["list"] + Side.allCases.map(\.rawValue) { _ = section.node(key) }
        case .speaker, .example, .utterance: try SplitAmounts.read(&section, into: &rules)
        }
        let allow = try CertificateReading.read(&section).allow
        try section.finish()
        return SplitParameters(rules: rules, allow: Leak.ofSplit.filter(allow.contains))
    }

    /// The files that a split by files names: one `list` of all sides, or some for each side.
    static func splitFiles(
        _ found: RecipeSection, _ unit: SplitRules.Unit
    ) throws(RecipeError) -> [Recipe.SplitFile] {
        guard unit == .files else { return [] }
        var section = found
        var files = try section.list("list")?.map {
            Recipe.SplitFile(side: nil, path: $0, place: section.place(of: "list"))
        }
        for side in Side.allCases {
            guard let paths = try section.list(side.rawValue) else { continue }
            let place = section.place(of: side.rawValue)
            guard try section.list("list") == nil else {
                throw section.error(
                    side.rawValue, "and split.list exclude each other: one file says the side of every line")
            }
            files = (files ?? []) + paths.map { Recipe.SplitFile(side: side, path: $0, place: place) }
        }
        guard let files, !files.isEmpty else {
            throw section.error(
                "list", "is needed with split.by: files, or files for train, validation or test")
        }
        return files
    }

    private static func names(_ section: inout RecipeSection) throws(RecipeError) -> SideLists {
        var lists = SideLists()
        for side in Side.allCases { lists[side] = try section.list(side.rawValue) ?? [] }
        if Side.allCases.allSatisfy({ lists[$0].isEmpty }) {
            throw section.error("train", "and validation and test are all empty; list what goes where")
        }
        return lists
    }

    static func pairs(_ node: RecipeNode?, place: String) throws(RecipeError) -> PairParameters? {
        guard let node else { return nil }
        var section = try RecipeSection(node, name: "pairs", place: place)
        var rules = PairRules(kind: try section.choice("kind") ?? .pairs)
        rules.positives = try section.choice("positives") ?? .any
        rules.negatives = try section.choice("negatives") ?? .any
        rules.balance = try section.choice("balance") ?? .none
        rules.maximumPerSpeaker = try section.integer("maximum-per-speaker", 1...Int.max)
        if let same = try section.share("same") {
            rules.positiveShare = reduced(same)
        }
        rules.labelOfSame = UInt8(try section.integer("label-of-same", 0...1) ?? 1)
        var parameters = PairParameters(
            rules: rules, count: try count(&section, rules.kind),
            seed: UInt64(try section.integer("seed", 0...Int.max) ?? 0), sides: try sides(&section),
            epoch: try section.integer("epoch", 0...1_000_000_000).flatMap { $0 == 0 ? nil : $0 },
            mining: try MiningReading.rules(&section, rules))
        parameters.durations = try durations(&section, parameters.mining)
        try section.finish()
        try MiningReading.check(parameters.count, parameters.mining, section)
        do {
            try rules.checked()
        } catch {
            throw RecipeError(place: section.place, message: "pairs: \(error.description)")
        }
        if case .each = parameters.count, rules.balance == .speaker, rules.kind == .triplets {
            throw section.error(
                "balance",
                "cannot be 'speaker' with pairs.count: each, where every example is an anchor equally "
                    + "often; give pairs.count a number")
        }
        return parameters
    }

    /// The borders of strata of durations, in milliseconds.
    private static func durations(
        _ section: inout RecipeSection, _ mining: MiningRules?
    ) throws(RecipeError) -> [Int]? {
        guard let borders = try section.milliseconds(list: "durations"), !borders.isEmpty else { return nil }
        guard zip(borders, borders.dropFirst()).allSatisfy(<), borders.allSatisfy({ $0 > 0 }) else {
            throw section.error("durations", "must ascend from more than 0, such as [2s, 5s, 10s]")
        }
        guard mining == nil else {
            throw section.error("durations", "cannot go with pairs.mining, which takes whatever is hardest")
        }
        return borders
    }

    private static func count(
        _ section: inout RecipeSection, _ kind: PairRules.Kind
    ) throws(RecipeError) -> PairParameters.Count {
        guard let text = try section.text("count") else {
            throw section.error("count", "is needed: how many \(kind.rawValue), such as 32000")
        }
        guard let count = PairParameters.Count(text) else {
            throw section.error(
                "count",
                "is a number of \(kind.rawValue) from 1, each or each*N, not '\(text)'"
            )
        }
        return count
    }

    /// The sides that `what` are drawn from, in their order; `missing` where the recipe names none.
    static func sides(
        _ section: inout RecipeSection, of what: String = "pairs", unless missing: [String] = ["train"]
    ) throws(RecipeError) -> [Side] {
        var sides: [Side] = []
        for word in try section.list("sides") ?? missing {
            guard let side = Side(rawValue: word) else {
                throw section.error("sides", "cannot hold '\(word)'; valid: train, validation, test")
            }
            sides.append(side)
        }
        guard !sides.isEmpty else {
            throw section.error("sides", "is empty; \(what) need a side, such as \(missing[0])")
        }
        return Side.allCases.filter(sides.contains)
    }

    /// A share in parts per million in lowest terms.
    static func reduced(_ share: Int) -> PositiveShare {
        var (a, b) = (share, SplitShares.whole)
        while b != 0 { (a, b) = (b, a % b) }
        return PositiveShare(numerator: share / max(a, 1), denominator: SplitShares.whole / max(a, 1))
    }
}
