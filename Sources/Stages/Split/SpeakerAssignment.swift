import Corpus

/// The side of every speaker, in the order given; `nil` for those not used.
///
/// By `.speaker` the side is where a keyed hash of the id falls on the axis of the shares: it depends on
/// (seed, id) and nothing else, so a growing corpus moves nobody. By `.subset` and `.list` it is looked up;
/// a subset or id that the corpus lacks, or that stands on two sides, is an error, and what no list names is
/// not used. Two speakers of one id are an error.
package func assignSpeakers(
    _ speakers: [SplitCandidate], _ rules: SplitRules
) throws(SplitError) -> [Side?] {
    var seen = Set<String>(minimumCapacity: speakers.count)
    for speaker in speakers where !seen.insert(speaker.id).inserted { throw SplitError.repeated(speaker.id) }
    switch rules.by {
    case .speaker:
        try rules.shares.checked()
        if let counts = rules.counts { return try counts.sides(speakers, seed: rules.seed) }
        if let folds = rules.folds {
            let random = KeyedRandom(seed: rules.seed, domain: "split.fold")
            return speakers.map { folds.side(bits: random.bits($0.id)) }
        }
        return rules.assignment == .stable
            ? stableSides(speakers, rules) : ExactAssignment(rules).sides(speakers)
    case .subset:
        return try sides(of: speakers.map(\.subset), listed: rules.subsets, what: "subset")
    case .list:
        return try sides(of: speakers.map(\.id), listed: rules.lists, what: "speaker")
    case .example, .utterance, .files:
        throw SplitError.notBySpeaker(rules.by)
    }
}

private func stableSides(_ speakers: [SplitCandidate], _ rules: SplitRules) -> [Side?] {
    let random = KeyedRandom(seed: rules.seed, domain: "split.speaker")
    return speakers.map { rules.shares.side(bits: random.bits($0.id)) }
}

private func sides(
    of names: [String?], listed: SideLists, what: String
) throws(SplitError) -> [Side?] {
    let sideOfName = try listed.sides(of: what)
    let present = Set(names.compactMap { $0 })
    let missing = sideOfName.keys.filter { !present.contains($0) }.sorted()
    guard missing.isEmpty else {
        throw SplitError.missing(
            what: what, names: missing, listed: sideOfName.count, present: present.count)
    }
    return names.map { $0.flatMap { sideOfName[$0] } }
}
