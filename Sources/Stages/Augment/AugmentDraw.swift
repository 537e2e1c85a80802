import Audio
import ContentStore
import Corpus

/// What one copy of an utterance gets: enough, with the sounds, to make it again.
struct AugmentDraw: Equatable {
    struct Noise: Equatable {
        /// Its number in the folder.
        let sound: Int
        /// Where in it the noise starts, 0 ..< 1 of its length.
        let place: Double
        let ratio: Double
    }

    var noise: Noise?
    /// The number of the impulse response.
    var response: Int?
    var speed: SpeedFactor
    var gain: Double
}

extension AugmentParameters {
    /// Drawn from (seed, utterance, copy) and nothing else.
    ///
    /// - Parameters: numbers of sounds there are to draw from.
    func draw(utterance: String, copy: Int, noises: Int, responses: Int) -> AugmentDraw {
        func random(_ what: String) -> KeyedRandom { KeyedRandom(seed: seed, domain: "augment.\(what)") }
        let copy = UInt64(copy)
        func isDrawn(_ what: String, _ share: Int) -> Bool {
            random("\(what).share").below(1_000_000, utterance, copy) < UInt64(share)
        }
        func even(_ what: String, _ low: Double, _ high: Double) -> Double {
            low + (high - low) * random(what).unit(utterance, copy)
        }
        var draw = AugmentDraw(noise: nil, response: nil, speed: .one, gain: 0)
        if let noise, noises > 0, isDrawn("noise", noise.share) {
            draw.noise = AugmentDraw.Noise(
                sound: Int(random("noise").below(UInt64(noises), utterance, copy)),
                place: random("noise.place").unit(utterance, copy),
                ratio: even("noise.ratio", noise.lowestRatio, noise.highestRatio))
        }
        if let responseShare, responses > 0, isDrawn("response", responseShare) {
            draw.response = Int(random("response").below(UInt64(responses), utterance, copy))
        }
        if !speeds.isEmpty {
            draw.speed = speeds[Int(random("speed").below(UInt64(speeds.count), utterance, copy))]
        }
        if let gain { draw.gain = even("gain", gain.lowest, gain.highest) }
        return draw
    }
}
