/// The keys of a recipe, section by section. They are looked over before any value is read: what is wrong with a
/// misspelt key is its name, not what is missing because of it.
enum RecipeShape {
    private static let top = [
        "name", "corpora", "ingest", "resample", "frame", "features", "split", "augment", "pairs", "trials",
        "episodes", "train", "keep",
    ]

    private static let corpus = ["layout", "path", "subsets", "speakers", "first-speakers"]

    private static let sections: [String: [String]] = [
        "ingest": ["verify", "channels", "rates", "minimum", "unknown-speakers", "tolerance"],
        "resample": ["rate", "method"],
        "frame": [
            "window", "hop", "edges", "group", "length", "every", "trim", "minimum", "tail", "limit",
            "per-utterance", "vad",
        ] + vad,
        "features": ["kind", "dialect", "dtype", "normalize", "rms", "level"] + fbank + mfcc + picture
            + sliding + embedding,
        "split": [
            "by", "list", "seed", "measure", "strata", "assignment", "train", "validation", "test", "allow",
            "folds", "fold", "held-out", "near-identical", "trials",
        ],
        "augment": [
            "copies", "seed", "noise", "snr", "noise-share", "responses", "responses-share", "speeds", "gain",
        ],
        "pairs": [
            "kind", "count", "seed", "positives", "negatives", "balance", "maximum-per-speaker", "durations",
            "same",
            "label-of-same", "sides", "epoch",
        ] + mining,
        "trials": ["kind", "count", "seed", "positives", "negatives", "target", "sides"],
        "episodes": [
            "shots", "ways", "count", "seed", "query", "support-draw", "support", "negatives", "example",
            "sides",
        ],
        "train": [
            "system", "seed", "epochs", "rate", "batch", "batches", "filters", "embedding", "dropout",
            "margin",
            "weights",
            "validate", "validate-ways", "validate-tasks", "validate-batches", "patience",
        ],
    ]

    /// The keys of `pairs` that mine hard ones.
    static let mining = ["embeddings", "mining", "margin", "distance", "candidates"]

    /// The keys of `frame` that say what is speech.
    static let vad = ["vad-threshold", "vad-floor", "vad-hangover", "vad-share"]

    /// The keys of `features` that shape filters.
    static let filters = ["mels", "low", "high", "mel-formula", "mel-norm", "filters"]

    /// The keys of `features` that shape matrices, which waveforms are not.
    static let fbank =
        filters + [
            "fft", "window", "preemphasis", "preemphasis-over", "remove-dc", "spectrum", "values",
            "reference",
            "top-db", "log", "log-floor", "log-offset", "floor-rule", "scale", "power-scale", "energy",
            "energy-floor", "dither",
        ]

    /// The keys of `features` that shape cepstra and nothing else.
    static let mfcc = [
        "coefficients", "dct-type", "dct-norm", "lifter", "lifter-form", "deltas", "delta-window",
        "delta-form",
    ]

    /// The keys of `features` that make pictures of matrices.
    static let picture = ["resize", "resize-method", "axis", "range", "orientation", "channels"]

    /// The keys of `features` for embeddings.
    static let embedding = ["embed", "weights", "weights-digest"]

    /// The keys of `features` for a window that slides.
    static let sliding = ["sliding-frames", "sliding-centered", "sliding-variance", "sliding-minimum"]

    /// Refuses the first key that is none, section by section in the order of the file.
    static func check(_ root: RecipeNode) throws(RecipeError) {
        try check(root, top, in: "")
        for entry in root.entries {
            if let keys = sections[entry.key] { try check(entry.value, keys, in: entry.key) }
            guard entry.key == "corpora" else { continue }
            for name in entry.value.entries { try check(name.value, corpus, in: "corpora.\(name.key)") }
        }
    }

    private static func check(
        _ node: RecipeNode, _ keys: [String], in section: String
    ) throws(RecipeError) {
        for entry in node.entries where !keys.contains(entry.key) {
            throw unknown(entry, in: section, valid: keys)
        }
    }

    /// What to say of a key that is none.
    static func unknown(
        _ entry: RecipeNode.Entry, in section: String, valid: some Sequence<String>
    ) -> RecipeError {
        let nearest = NearestName.find(entry.key, in: valid).map { "; did you mean '\($0)'?" } ?? ";"
        let name = section.isEmpty ? entry.key : "\(section).\(entry.key)"
        return RecipeError(
            place: entry.place,
            message: "'\(name)' is not a key of a recipe\(nearest) valid here: "
                + valid.sorted().joined(separator: ", "))
    }
}
