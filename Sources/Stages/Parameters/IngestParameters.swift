import Audio

/// What `ingest` accepts.
package struct IngestParameters: Codable, Hashable, Sendable {
    /// How damage is looked for in FLAC.
    package enum Verification: String, Codable, Sendable, CaseIterable {
        /// The MD5 in STREAMINFO against the decoded audio, besides the frame CRCs.
        case md5
        /// The frame CRCs alone.
        case crc
    }

    package enum UnknownSpeakers: String, Codable, Sendable, CaseIterable {
        /// Utterances of a speaker that SPEAKERS.TXT does not list are quarantined.
        case quarantine
        /// They are taken, with unknown sex.
        case accept
    }

    package var verify: Verification
    package var channels: ChannelPolicy
    /// The sample rates accepted, in Hz; empty means any.
    package var rates: [Int]
    /// Utterances shorter than this many milliseconds are quarantined.
    package var minimumMilliseconds: Int
    package var unknownSpeakers: UnknownSpeakers
}

/// How waveforms come to the one rate of the dataset.
package struct ResampleParameters: Codable, Hashable, Sendable {
    package var rate: Int
    package var method: ResampleMethod
    /// How several channels become one: here because it shapes the waveform.
    package var channels: ChannelPolicy
}
