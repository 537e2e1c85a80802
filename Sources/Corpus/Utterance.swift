/// One recording of one speaker in one session, as it was decoded.
package struct Utterance: Codable, Hashable, Sendable {
    /// The corpus's own name, unique within it: `19-198-0001`.
    package var id: String
    /// The id of its speaker: `19`.
    package var speaker: String
    /// The id of its session, unique within the speaker: LibriSpeech chapter `198`, VoxCeleb video.
    package var session: String
    /// Samples per second, in Hz.
    package var sampleRate: Int
    /// Samples per channel, counted by decoding.
    package var sampleCount: Int

    package init(id: String, speaker: String, session: String, sampleRate: Int, sampleCount: Int) {
        self.id = id
        self.speaker = speaker
        self.session = session
        self.sampleRate = sampleRate
        self.sampleCount = sampleCount
    }
}
