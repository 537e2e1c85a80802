import Features

extension PictureParameters {
    /// The first channel of a picture with time along its rows and the lowest frequency first, as other matrices are.
    func timeFirst(_ values: [Float]) -> (matrix: [Float], width: Int) {
        let plane = Array(values.prefix(height * width))
        guard orientation != .timeFrequency else { return (plane, width) }
        var turned: [Float] = []
        for column in 0..<width {
            for row in 0..<height {
                turned.append(plane[(orientation == .picture ? height - 1 - row : row) * width + column])
            }
        }
        return (turned, height)
    }
}
