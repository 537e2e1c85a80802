import ContentStore

/// The augmentation of a dataset with the sounds it draws from.
struct AugmentationPlan: Sendable {
    let parameters: AugmentParameters
    let noise: SoundFolder?
    let responses: SoundFolder?

    func draw(utterance: String, copy: Int) -> AugmentDraw {
        parameters.draw(
            utterance: utterance, copy: copy, noises: noise?.sounds.count ?? 0,
            responses: responses?.sounds.count ?? 0)
    }

    /// What a task of this augmentation reads besides the corpus.
    var sources: [(role: String, digest: Digest)] {
        [noise, responses].compactMap { folder in folder.map { ($0.role, $0.digest) } }
    }

    /// The libraries whose versions shape the sounds.
    var libraries: [String: String] {
        let sounds = [noise, responses].compactMap { $0?.sounds }.flatMap { $0 }
        return sounds.contains { Pack.isLossy($0.path) } ? ["libsndfile": AudioLibraries.sndfileVersion] : [:]
    }

    /// A draw as it stands in the dataset: sounds by the digests of their files, places in samples.
    struct Record: Codable, Hashable {
        struct Noise: Codable, Hashable {
            let sound: String
            let start: Int
            let ratioDB: Double
            /// True where none of it was added, because it, or the utterance, is silent; left out otherwise.
            let silent: Bool?
        }

        let copy: Int
        let gainDB: Double
        let noise: Noise?
        let response: String?
        let speed: String
    }

    /// The record of copy number `copy` of an utterance, made as `made` says.
    func record(
        _ draw: AugmentDraw, copy: Int, _ made: UtteranceAugmenter.Copy
    ) throws(StoreError) -> String {
        try CanonicalJSON.encode(
            Record(
                copy: copy, gainDB: draw.gain,
                noise: draw.noise.flatMap { drawn in
                    noise.map {
                        Record.Noise(
                            sound: $0.sounds[drawn.sound].digest.hex, start: made.noiseStart,
                            ratioDB: drawn.ratio, silent: made.isNoiseSilent ? true : nil)
                    }
                },
                response: draw.response.flatMap { number in responses?.sounds[number].digest.hex },
                speed: "\(draw.speed.numerator)/\(draw.speed.denominator)"))
    }
}
