/// What AudioSet's embeddings went through: PCA with whitening, then 8 bits.
struct VGGishPostprocessor: Sendable {
    /// [count × count], one component per row.
    let components: PackedRows
    let negativeMeans: [Float]

    init(_ weights: VGGishNames, count: Int, level: CPULevel) throws(FeatureError) {
        let isStateDict = try weights.has("pproc.pca_matrix")
        let names = isStateDict ? ("pproc.pca_matrix", "pproc.pca_means") : ("pca_eigen_vectors", "pca_means")
        let matrix = try weights.matrix(names.0, [count, count])
        components = PackedRows(matrix.values.span, depth: count, level: level)
        negativeMeans = try weights.vector(names.1, count: count).map { -$0 }
    }

    /// A component brought from −2 … 2 to 0 … 255, the nearest whole number, ties to even.
    static func quantized(_ value: Float) -> Float {
        ((min(max(value, -2), 2) + 2) * (255 / 4)).rounded(.toNearestOrEven)
    }
}
