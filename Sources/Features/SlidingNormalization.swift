/// Mean and deviation over a window of frames that slides along, as Kaldi's apply-cmvn-sliding.
package struct SlidingNormalization: Codable, Hashable, Sendable {
    /// Frames of the window.
    package var frameCount: Int
    /// Whether the window reaches as far behind a frame as before it; otherwise it ends with the frame.
    package var isCentered: Bool
    /// Whether values are also divided by the deviation.
    package var normalizesVariance: Bool
    /// Where the window ends with the frame, the least it has at the start of an utterance.
    package var leastFrameCount: Int

    package init(
        frameCount: Int, isCentered: Bool, normalizesVariance: Bool, leastFrameCount: Int = 100
    ) {
        self.frameCount = frameCount
        self.isCentered = isCentered
        self.normalizesVariance = normalizesVariance
        self.leastFrameCount = leastFrameCount
    }

    /// The frames that frame `frame` of `total` is normalized by. At the ends of an utterance a centered window is moved
    /// inside.
    func window(_ frame: Int, of total: Int) -> Range<Int> {
        var start: Int
        var end: Int
        if isCentered {
            start = frame - frameCount / 2
            end = start + frameCount
        } else {
            start = frame - frameCount
            end = frame + 1
        }
        if start < 0 {
            end -= start
            start = 0
        }
        if !isCentered { end = max(frame + 1, leastFrameCount) }
        if end > total {
            start = max(0, start - (end - total))
            end = total
        }
        return start..<end
    }
}

/// Normalizes matrices by a sliding window; its scratch grows with the longest utterance.
package struct SlidingNormalizer {
    private let parameters: SlidingNormalization
    private var input: [Float] = []
    private var sums: [Double] = []
    private var squares: [Double] = []

    package init(_ parameters: SlidingNormalization) { self.parameters = parameters }

    /// Each value of `matrix` [frames × columns] minus the mean of its column over the frame's window, and over its
    /// deviation where that is asked for. Sums run in double, one frame in and one out at a time.
    package mutating func normalize(_ matrix: inout MutableSpan<Float>, columnCount: Int) {
        let frames = matrix.count / columnCount
        if input.count < matrix.count { input = Array(repeating: 0, count: matrix.count) }
        for index in 0..<matrix.count { input[index] = matrix[index] }
        sums = Array(repeating: 0, count: columnCount)
        squares = sums
        var held = 0..<0
        for frame in 0..<frames {
            let window = parameters.window(frame, of: frames)
            while held.upperBound < window.upperBound {
                add(held.upperBound, 1, columnCount)
                held = held.lowerBound..<held.upperBound + 1
            }
            while held.lowerBound < window.lowerBound {
                add(held.lowerBound, -1, columnCount)
                held = held.lowerBound + 1..<held.upperBound
            }
            write(frame, &matrix, Double(window.count), columnCount)
        }
    }

    private mutating func add(_ frame: Int, _ sign: Double, _ columnCount: Int) {
        for column in 0..<columnCount {
            let value = Double(input[frame * columnCount + column])
            sums[column] += sign * value
            squares[column] += sign * value * value
        }
    }

    private func write(_ frame: Int, _ matrix: inout MutableSpan<Float>, _ count: Double, _ columnCount: Int)
    {
        for column in 0..<columnCount {
            let mean = sums[column] / count
            var value = Double(input[frame * columnCount + column]) - mean
            if parameters.normalizesVariance {
                let variance = count > 1 ? squares[column] / count - mean * mean : 1
                value /= max(variance, 1e-10).squareRoot()
            }
            matrix[frame * columnCount + column] = Float(value)
        }
    }
}
