/// Draws matrices as pictures of fixed size, for one worker. Tables are made for each number of frames that occurs;
/// drawing allocates nothing.
package final class PictureMaker {
    private let parameters: PictureParameters
    private let bins: Int
    private let frequency: ResizeTable
    private var time: (frames: Int, table: ResizeTable)?
    private var narrowed: [Float] = []

    /// - Parameters:
    ///   - bins: columns of the matrices.
    ///   - sampleRate: Hz; for the logarithmic axis.
    package init(_ parameters: PictureParameters, bins: Int, sampleRate: Int) {
        self.parameters = parameters
        self.bins = bins
        let pixels = parameters.size.frequency
        frequency =
            parameters.axis == .log
            ? ResizeTable(bins: bins, sampleRate: sampleRate, pixels: pixels, method: parameters.method)
            : ResizeTable(cells: bins, pixels: pixels, method: parameters.method)
    }

    /// Values of a picture.
    package var pixelCount: Int { parameters.channels * parameters.height * parameters.width }

    /// Draws `matrix` [frames × bins] into `picture`, `pixelCount` values.
    package func draw(_ matrix: Span<Float>, into picture: inout MutableSpan<Float>) {
        precondition(
            matrix.count % bins == 0 && matrix.count > 0 && picture.count == pixelCount,
            "draw: \(matrix.count) values in rows of \(bins) into \(picture.count) pixels of \(pixelCount)")
        let frames = matrix.count / bins
        if time?.frames != frames {
            let pixels = parameters.size.time
            time = (frames, ResizeTable(cells: frames, pixels: pixels, method: parameters.method))
        }
        let (gain, offset) = levels(matrix)
        narrow(matrix, frames, gain, offset, clips: parameters.rangeDB != nil)
        if let table = time?.table { widen(table, into: &picture) }
        let plane = parameters.height * parameters.width
        for channel in 1..<max(parameters.channels, 1) {
            for index in 0..<plane { picture[channel * plane + index] = picture[index] }
        }
    }

    /// What brings levels to 0 … 1, before clipping.
    private func levels(_ matrix: Span<Float>) -> (gain: Float, offset: Float) {
        guard let range = parameters.rangeDB else { return (1, 0) }
        var largest = -Float.infinity
        for index in 0..<matrix.count { largest = max(largest, matrix[index]) }
        let gain = 1 / Float(range)
        return (gain, 1 - largest * gain)
    }

    /// Along frequency: every frame's bins become pixels.
    private func narrow(_ matrix: Span<Float>, _ frames: Int, _ gain: Float, _ offset: Float, clips: Bool) {
        let pixels = frequency.pixelCount
        if narrowed.count < frames * pixels { narrowed = Array(repeating: 0, count: frames * pixels) }
        for frame in 0..<frames {
            var weight = 0
            for pixel in 0..<pixels {
                var sum: Float = 0
                let start = frame * bins + frequency.starts[pixel]
                for index in 0..<frequency.counts[pixel] {
                    let value = matrix[start + index] * gain + offset
                    sum += frequency.weights[weight] * (clips && value < 0 ? 0 : value)
                    weight += 1
                }
                narrowed[frame * pixels + pixel] = sum
            }
        }
    }

    /// Along time: columns of pixels become the picture's.
    private func widen(_ table: ResizeTable, into picture: inout MutableSpan<Float>) {
        let rows = frequency.pixelCount
        var weight = 0
        for column in 0..<table.pixelCount {
            for row in 0..<rows {
                var sum: Float = 0
                for index in 0..<table.counts[column] {
                    sum +=
                        table.weights[weight + index] * narrowed[(table.starts[column] + index) * rows + row]
                }
                picture[place(time: column, frequency: row)] = sum
            }
            weight += table.counts[column]
        }
    }

    private func place(time: Int, frequency: Int) -> Int {
        switch parameters.orientation {
        case .timeFrequency: time * parameters.width + frequency
        case .frequencyTime: frequency * parameters.width + time
        case .picture: (parameters.height - 1 - frequency) * parameters.width + time
        }
    }
}
