import Corpus

/// The files of a recipe's corpora by what lists may call them, whether the recipe takes them or not.
struct CorpusFiles {
    struct File {
        let corpus: String
        let speaker: String
        /// What lists we write call it: `UtteranceName.whole`.
        let name: String
        /// Its path as VoxCeleb's lists give it.
        let listed: String
        /// Whether the recipe selects it.
        let isSelected: Bool
    }

    private(set) var files: [File] = []
    private var numbers: [String: Int] = [:]

    init(_ recipe: Recipe) throws(StageError) {
        for request in recipe.corpora {
            let contents = try CorpusReader(request: request.whole)
                .read(unknownSpeakers: recipe.ingest.unknownSpeakers)
            let isPart =
                !request.subsets.isEmpty || !request.speakers.isEmpty || request.firstSpeakers != nil
            var selected: Set<String> = []
            if isPart {
                selected = Set(
                    try CorpusReader(request: request).read(unknownSpeakers: recipe.ingest.unknownSpeakers)
                        .utterances.map(\.role))
            }
            for utterance in contents.utterances where utterance.rejection == nil {
                add(
                    utterance, isSelected: !isPart || selected.contains(utterance.role),
                    hasSeveral: recipe.corpora.count > 1)
            }
        }
    }

    private mutating func add(_ utterance: SourceUtterance, isSelected: Bool, hasSeveral: Bool) {
        let (corpus, speaker, id) = (utterance.corpus, utterance.speaker, utterance.id)
        let name = UtteranceName.whole(
            corpus: hasSeveral ? corpus : nil, speaker: speaker, session: utterance.session, id: id)
        let path = utterance.relativePath
        // Where ids are paths below the speaker's folder, so are the names of files in lists.
        let ending = path.lastIndex(of: ".").map { String(path[$0...]) } ?? ""
        let below = id.hasPrefix(speaker + "/") ? id + ending : path
        files.append(
            File(
                corpus: corpus, speaker: speaker, name: name,
                listed: hasSeveral ? "\(corpus)/\(below)" : below, isSelected: isSelected))
        let number = files.count - 1
        let whole = UtteranceName.whole(
            corpus: nil, speaker: speaker, session: utterance.session, id: id)
        // The first of several names stands: an utterance's own before what another might be called.
        for key in [name, id, whole, UtteranceName.kaldi(whole), UtteranceName.id(path)] {
            numbers[key] = numbers[key] ?? number
        }
    }

    /// The file that a list means by `name`, in any of the forms of lists.
    func find(_ name: String) -> File? {
        (numbers[name] ?? numbers[UtteranceName.id(name)]).map { files[$0] }
    }

    /// The path of the utterance that we call `name`, as VoxCeleb's lists give it.
    func file(_ name: String) -> String? { numbers[name].map { files[$0].listed } }
}

extension Recipe.CorpusRequest {
    /// The corpus without selection.
    fileprivate var whole: Recipe.CorpusRequest {
        Recipe.CorpusRequest(
            name: name, layout: layout, path: path, subsets: [], speakers: [], place: place)
    }
}
