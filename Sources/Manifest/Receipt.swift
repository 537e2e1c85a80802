package import ContentStore

/// What one task did: the only message from a worker to the manifest.
package struct Receipt: Codable, Sendable {
    package let question: TaskQuestion
    package let artifact: Artifact
    package let isKept: Bool
    package let counts: TaskCounts
    package let utterances: [UtteranceRow]
    package let quarantine: [QuarantineRow]
    package let elapsedSeconds: Double
    package let host: String

    package init(
        question: TaskQuestion, artifact: Artifact, isKept: Bool, counts: TaskCounts,
        utterances: [UtteranceRow] = [], quarantine: [QuarantineRow] = [], elapsedSeconds: Double,
        host: String
    ) {
        self.question = question
        self.artifact = artifact
        self.isKept = isKept
        self.counts = counts
        self.utterances = utterances
        self.quarantine = quarantine
        self.elapsedSeconds = elapsedSeconds
        self.host = host
    }
}

/// What a task counted. In every stage: utterances in = utterances out + quarantined.
package struct TaskCounts: Hashable, Codable, Sendable {
    package var utterances = 0
    package var quarantined = 0
    /// Utterances that gave no example because the tail policy drops what is too short.
    package var short = 0
    package var examples = 0
    package var pairs = 0
    /// Duration of the utterances' audio.
    package var audioSeconds = 0.0

    package init() {}

    package static func + (left: TaskCounts, right: TaskCounts) -> TaskCounts {
        var sum = left
        sum.utterances += right.utterances
        sum.quarantined += right.quarantined
        sum.short += right.short
        sum.examples += right.examples
        sum.pairs += right.pairs
        sum.audioSeconds += right.audioSeconds
        return sum
    }
}

/// One utterance of the catalogue, as `ingest` found it.
package struct UtteranceRow: Hashable, Codable, Sendable {
    package let corpus: String
    package let id: String
    package let speaker: String
    package let session: String
    package let sampleRate: Int
    /// Samples per channel, counted by decoding.
    package let sampleCount: Int
    /// SHA-256 of the file.
    package let source: Digest
    /// SHA-256 of the decoded audio.
    package let audio: Digest
    /// Where the file was: for people, in no key.
    package let path: String

    package init(
        corpus: String, id: String, speaker: String, session: String, sampleRate: Int, sampleCount: Int,
        source: Digest, audio: Digest, path: String
    ) {
        self.corpus = corpus
        self.id = id
        self.speaker = speaker
        self.session = session
        self.sampleRate = sampleRate
        self.sampleCount = sampleCount
        self.source = source
        self.audio = audio
        self.path = path
    }
}

/// One utterance that a stage could not use, and why.
package struct QuarantineRow: Hashable, Codable, Sendable {
    package let corpus: String
    package let utterance: String
    package let stage: String
    /// A short code: `truncated`, `corrupt`, `sample-rate` …
    package let reason: String
    /// One sentence for people.
    package let message: String
    package let byteCount: Int
    package let source: Digest?
    package let path: String

    package init(
        corpus: String, utterance: String, stage: String, reason: String, message: String, byteCount: Int,
        source: Digest?, path: String
    ) {
        self.corpus = corpus
        self.utterance = utterance
        self.stage = stage
        self.reason = reason
        self.message = message
        self.byteCount = byteCount
        self.source = source
        self.path = path
    }
}

/// A speaker as a corpus describes them.
package struct SpeakerRow: Hashable, Codable, Sendable {
    package let corpus: String
    package let id: String
    package let sex: String
    package let subset: String
    package let name: String

    package init(corpus: String, id: String, sex: String, subset: String, name: String) {
        self.corpus = corpus
        self.id = id
        self.sex = sex
        self.subset = subset
        self.name = name
    }
}
