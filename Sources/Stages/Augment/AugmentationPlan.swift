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

    /// A draw as it stands in the dataset: sounds by the digests of their files, places in samples.
    struct Record: Codable, Hashable {
        struct Noise: Codable, Hashable {
            let sound: String
            let start: Int
            let ratioDB: Double
        }

        let copy: Int
        let gainDB: Double
        let noise: Noise?
        let response: String?
        let speed: String
    }

    /// - Parameter start: where the noise starts, in samples.
    func record(_ draw: AugmentDraw, copy: Int, start: Int) throws(StoreError) -> String {
        try CanonicalJSON.encode(
            Record(
                copy: copy, gainDB: draw.gain,
                noise: draw.noise.flatMap { drawn in
                    noise.map {
                        Record.Noise(
                            sound: $0.sounds[drawn.sound].digest.hex, start: start, ratioDB: drawn.ratio)
                    }
                },
                response: draw.response.flatMap { number in responses?.sounds[number].digest.hex },
                speed: "\(draw.speed.numerator)/\(draw.speed.denominator)"))
    }
}
