/// VGGish's embeddings in place of examples, on weights that are known by their digest.
package struct EmbeddingParameters: Codable, Hashable, Sendable {
    /// What a recipe's `embed` can be.
    package enum Network: String, Sendable, CaseIterable {
        /// 128 values of a patch of 96 frames of 64 mel bands.
        case vggish
    }

    /// The SHA-256 of the weights' file, in hexadecimal.
    package var weights: String

    /// Values of an embedding.
    package var count: Int { 128 }
}
