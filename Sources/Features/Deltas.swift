/// Derivatives of the coefficients over time, by filters over the 2W + 1 frames around each frame.
package struct Deltas {
    package enum Form: String, Codable, Sendable, CaseIterable {
        /// The slope of a line fitted to the frames; the second derivative is the same filter once more. Frames beyond
        /// the ends are the first and the last. Kaldi, HTK, python_speech_features.
        case kaldi
        /// `librosa.feature.delta`: Savitzky-Golay, the first derivative of a line and the second of a parabola. At
        /// either end those of the line or parabola through the first or last 2W + 1 frames (`mode="interp"`).
        case librosa
        /// The same, but frames beyond the ends are the first and the last (`mode="nearest"`).
        case librosaNearest = "librosa-nearest"
    }

    private let form: Form
    /// Per order (1, 2), the filter's taps.
    private let filters: [[Float]]
    /// Per order and number of frames up to 2W, the taps over a matrix with so many. For `librosa`, which wants more.
    private let shortFilters: [[[Float]]]

    init(order: Int, window: Int, form: Form = .kaldi) {
        self.form = form
        let width = 2 * window + 1
        let orders = order > 0 ? Array(1...order) : []
        let fitted = orders.map { order in Deltas.fit(order, over: width) }
        let filters = form == .kaldi ? Deltas.repeated(order: order, window: window) : fitted
        self.filters = filters.map { $0.map { Float($0) } }
        shortFilters =
            form == .librosa
            ? orders.map { order in (0..<width).map { Deltas.fit(order, over: $0).map { Float($0) } } } : []
    }

    private static func repeated(order: Int, window: Int) -> [[Double]] {
        let squares = (1...window).reduce(0) { $0 + $1 * $1 }
        let slope = (-window...window).map { Double($0) / Double(2 * squares) }
        var filters: [[Double]] = []
        for _ in 0..<order {
            guard let last = filters.last else {
                filters.append(slope)
                continue
            }
            var next = [Double](repeating: 0, count: last.count + slope.count - 1)
            for (i, a) in last.enumerated() { for (j, b) in slope.enumerated() { next[i + j] += a * b } }
            filters.append(next)
        }
        return filters
    }

    /// The taps whose sum is the derivative of the polynomial of degree `order`, 1 or 2, that is nearest to `count`
    /// values; zeros where they are too few. By the orthogonal polynomials t and t² − mean(t²), t from −(count − 1)/2.
    private static func fit(_ order: Int, over count: Int) -> [Double] {
        let times = (0..<count).map { Double($0) - Double(count - 1) / 2 }
        guard count > order else { return times.map { _ in 0 } }
        let mean = times.reduce(0) { $0 + $1 * $1 } / Double(count)
        let values = order == 1 ? times : times.map { $0 * $0 - mean }
        let squares = values.reduce(0) { $0 + $1 * $1 }
        return values.map { Double(order) * $0 / squares }
    }

    /// Fills the columns after the first `count` of each row of `matrix` [frames × width] with their derivatives.
    ///
    /// Of fewer frames than 2W + 1, which librosa refuses, the form `librosa` takes the line or parabola through them
    /// all, and 0 of fewer than that takes.
    func apply(_ matrix: inout MutableSpan<Float>, frames: Int, count: Int, width: Int) {
        for (number, filter) in filters.enumerated() {
            let isShort = form == .librosa && frames < filter.count
            let taps = isShort ? shortFilters[number][frames] : filter
            let reach = taps.count / 2
            for frame in 0..<frames {
                let target = frame * width + (number + 1) * count
                let center = form == .librosa ? min(max(frame, reach), max(reach, frames - 1 - reach)) : frame
                for index in 0..<count { matrix[target + index] = 0 }
                for (tap, weight) in taps.enumerated() where weight != 0 {
                    let source = min(max(center + tap - reach, 0), frames - 1) * width
                    for index in 0..<count { matrix[target + index] += weight * matrix[source + index] }
                }
            }
        }
    }
}
