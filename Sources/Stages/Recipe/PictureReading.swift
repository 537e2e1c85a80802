import Features

/// Reads the keys of `features` that make pictures of matrices.
enum PictureReading {
    static func read(
        _ section: inout RecipeSection, kind: FeatureParameters.Kind
    ) throws(RecipeError) -> PictureParameters? {
        guard let size = try section.text("resize") else {
            for key in RecipeShape.picture where section.keys.contains(key) {
                throw section.error(key, "goes with features.resize, such as 224x224")
            }
            return nil
        }
        let sides = size.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard sides.count == 2, let height = sides[0], let width = sides[1], (1...10_000).contains(height),
            (1...10_000).contains(width)
        else {
            throw section.error("resize", "is HEIGHTxWIDTH in pixels, such as 224x224, not '\(size)'")
        }
        let axis: PictureParameters.Axis = try section.choice("axis") ?? .linear
        let fallback: PictureParameters.Method = axis == .log ? .area : .bilinear
        let method: PictureParameters.Method = try section.choice("resize-method") ?? fallback
        let range = try section.decibels("range")
        if let range, range <= 0 { throw section.error("range", "must be above 0dB") }
        if axis == .log && kind != .spectrogram {
            throw section.error(
                "axis", "cannot be 'log' for \(kind.rawValue): it is for the bins of a spectrogram")
        }
        if axis == .log && (method == .bilinear || method == .bilinearPlain) {
            throw section.error(
                "resize-method", "cannot be '\(method.rawValue)' on a log axis; use area or nearest")
        }
        return PictureParameters(
            height: height, width: width, method: method, axis: axis,
            orientation: try section.choice("orientation") ?? .timeFrequency,
            channels: try section.integer("channels", 1...64) ?? 1, rangeDB: range)
    }
}
