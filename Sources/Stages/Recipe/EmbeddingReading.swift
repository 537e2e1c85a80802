import ContentStore
import Features

/// Reads the keys of `features` that turn examples into embeddings.
enum EmbeddingReading {
    /// What stands in keys: the network and the digest of its weights.
    static func read(
        _ section: inout RecipeSection, _ parameters: FeatureParameters, frame: RecipeSection
    ) throws(RecipeError) -> EmbeddingParameters? {
        let network: EmbeddingParameters.Network? = try section.choice("embed")
        let path = try section.text("weights")
        let digest = try section.text("weights-digest")
        guard network != nil else {
            for key in RecipeShape.embedding where section.keys.contains(key) {
                throw section.error(key, "goes with features.embed: vggish")
            }
            return nil
        }
        var frame = frame
        let group = try frame.integer("group", 1...1_000_000)
        guard parameters.dialect == .vggish, parameters.fbank?.melCount == VGGishNetwork.patchMelCount,
            group == VGGishNetwork.patchFrameCount, parameters.picture == nil
        else {
            throw section.error(
                "embed",
                "takes VGGish's own patches: features.dialect: vggish with 64 mels, and frame.group: 96")
        }
        guard path != nil, let digest, Digest(hex: digest) != nil else {
            throw section.error(
                "embed",
                "needs features.weights, the file of the network's weights, and features.weights-digest, its SHA-256; "
                    + "without them take features.embed away for the log-mel patches that it would see")
        }
        return EmbeddingParameters(weights: digest)
    }

    /// Where the weights are.
    static func weights(_ found: RecipeSection) throws(RecipeError) -> Recipe.WeightsRequest? {
        var section = found
        guard let path = try section.text("weights"), let digest = try section.text("weights-digest"),
            let known = Digest(hex: digest)
        else { return nil }
        return Recipe.WeightsRequest(path: path, digest: known, place: section.place(of: "weights"))
    }
}
