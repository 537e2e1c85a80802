import ContentStore
import Manifest

extension SourceUtterance {
    /// The catalogue's row for this utterance, once it was decoded.
    func row(sampleRate: Int, sampleCount: Int, source: Digest, audio: Digest) -> UtteranceRow {
        UtteranceRow(
            corpus: corpus, id: id, speaker: speaker, session: session, sampleRate: sampleRate,
            sampleCount: sampleCount, source: source, audio: audio, path: place)
    }

    /// The row that says why this utterance is not used.
    func quarantine(
        stage: String, reason: String, message: String, byteCount: Int, source: Digest?
    ) -> QuarantineRow {
        QuarantineRow(
            corpus: corpus, utterance: id, stage: stage, reason: reason, message: message,
            byteCount: byteCount,
            source: source, path: place)
    }
}
