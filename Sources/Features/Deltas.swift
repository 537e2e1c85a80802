/// Derivatives over time: the slope of a line fitted to the 2W + 1 frames around each, frames beyond the ends being the
/// first and the last; the second derivative is the first's filter applied twice to the same frames, as Kaldi does.
struct Deltas {
    /// Per order (1, 2), the filter's taps.
    private let filters: [[Float]]

    init(order: Int, window: Int) {
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
        self.filters = filters.map { $0.map { Float($0) } }
    }

    /// Fills the columns after the first `count` of each row of `matrix` [frames × width] with their derivatives.
    func apply(_ matrix: inout MutableSpan<Float>, frames: Int, count: Int, width: Int) {
        for (number, filter) in filters.enumerated() {
            let reach = filter.count / 2
            for frame in 0..<frames {
                let target = frame * width + (number + 1) * count
                for index in 0..<count { matrix[target + index] = 0 }
                for (tap, weight) in filter.enumerated() where weight != 0 {
                    let source = min(max(frame + tap - reach, 0), frames - 1) * width
                    for index in 0..<count { matrix[target + index] += weight * matrix[source + index] }
                }
            }
        }
    }
}
