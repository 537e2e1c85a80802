import Audio

/// What copies of the train examples are made, and what may happen to them.
package struct AugmentParameters: Codable, Hashable, Sendable {
    package struct Noise: Codable, Hashable, Sendable {
        /// Signal-to-noise ratios, in dB, are drawn evenly between these.
        package var lowestRatio: Double
        package var highestRatio: Double
        /// Parts per million of the copies that get noise.
        package var share: Int
    }

    package struct Gain: Codable, Hashable, Sendable {
        /// Gains, in dB, are drawn evenly between these.
        package var lowest: Double
        package var highest: Double
    }

    package var seed: UInt64
    /// Copies of every utterance, beside itself.
    package var copies: Int
    package var noise: Noise?
    /// Parts per million of the copies that are heard in a room.
    package var responseShare: Int?
    /// Each equally likely.
    package var speeds: [SpeedFactor]
    package var gain: Gain?
}

/// The section `augment` of a recipe.
package struct AugmentRequest: Sendable {
    package let parameters: AugmentParameters
    /// The folders of noises and impulse responses.
    let noisePath: String?
    let responsePath: String?
    /// Where the recipe asks for them, for errors.
    let place: String
}
