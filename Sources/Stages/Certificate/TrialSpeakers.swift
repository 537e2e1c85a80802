import Corpus

/// Finds whose utterances lists of trials name, in both columns.
struct TrialSpeakers {
    let lists: [TrialList]
    /// For each list, the names that no utterance of the dataset has had so far.
    private var missing: [Set<String>]
    /// For each name of a list, as ids are written, the lists that have it.
    private var listsOfName: [String: [Int]] = [:]
    /// For each list, the speakers found.
    private var speakers: [Set<String>]

    init(_ lists: [TrialList]) {
        self.lists = lists
        missing = lists.map { Set($0.utterances.map(UtteranceName.id)) }
        speakers = lists.map { _ in [] }
        for (number, names) in missing.enumerated() {
            for name in names { listsOfName[name, default: []].append(number) }
        }
    }

    /// Notes an utterance of the dataset by all its names.
    mutating func note(_ names: [String], speaker: String) {
        guard !listsOfName.isEmpty else { return }
        for name in Set(names) {
            for list in listsOfName[name] ?? [] {
                missing[list].remove(name)
                speakers[list].insert(speaker)
            }
        }
    }

    /// Utterances that the dataset does not hold may be of speakers that it knows by other utterances: VoxCeleb's and
    /// Kaldi's names begin with the speaker's id.
    private func speakers(of list: Int, known: [String: [String]]) -> Set<String> {
        var found = speakers[list]
        for name in missing[list] {
            let ends = name.indices.filter { name[$0] == "/" || name[$0] == "-" }
            guard let end = ends.last(where: { known[String(name[..<$0])] != nil }) else { continue }
            found.formUnion(known[String(name[..<end])] ?? [])
        }
        return found
    }

    /// - Parameter masks: the sides of each speaker, by `corpus/id`.
    func check(
        _ masks: [(name: String, mask: UInt8)], _ parameters: CertificateParameters
    ) -> (check: Certificate.Check, lists: [Certificate.Trials]) {
        var known: [String: [String]] = [:]
        for (name, _) in masks {
            known[String(name.drop { $0 != "/" }.dropFirst()), default: []].append(name)
        }
        let train = Set(masks.filter { $0.mask & 1 != 0 }.map(\.name))
        let speakers = lists.indices.map { self.speakers(of: $0, known: known) }
        var findings = LeakFindings()
        for (name, mask) in masks where train.contains(name) {
            let own = lists.indices.filter { speakers[$0].contains(name) }.map { lists[$0].name }
            guard !own.isEmpty else { continue }
            findings.add(
                Certificate.Finding(names: [name], sides: [Side.words(mask)], lists: own), mask: mask)
        }
        let notes = lists.enumerated().map { number, list in
            Certificate.Trials(
                name: list.name, sha256: list.digest.hex,
                recognized: OfficialTrials.recognize(list).sentence(
                    name: list.name, count: list.trials.count),
                trials: list.trials.count, utterances: list.utterances.count,
                notInDataset: missing[number].count, speakers: speakers[number].count,
                speakersInTrain: speakers[number].intersection(train).count)
        }
        return (findings.check(.trialSpeaker, parameters), notes)
    }
}
