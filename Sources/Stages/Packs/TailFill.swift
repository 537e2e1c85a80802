/// Completes a waveform that is too short, as the tail policy says.
enum TailFill {
    /// Writes `range` of `waveform` to `output` and completes it to `count` samples.
    ///
    /// - `repeat`: the source begins again from its start. `reflect`: it is mirrored, end samples not repeated,
    ///   back and forth.
    static func fill(
        _ waveform: Span<Float>, _ range: Range<Int>, source: Range<Int>, to count: Int,
        tail: FrameParameters.Tail,
        into output: inout [Float]
    ) {
        output.removeAll(keepingCapacity: true)
        for index in range { output.append(waveform[index]) }
        var next = range.upperBound
        while output.count < count {
            switch tail {
            case .drop, .zero: output.append(0)
            case .repeat:
                output.append(waveform[source.lowerBound + (next - source.lowerBound) % source.count])
            case .reflect: output.append(waveform[reflected(next, in: source)])
            }
            next += 1
        }
    }

    /// The sample that stands at a position beyond the end of `source` when it is mirrored there.
    private static func reflected(_ position: Int, in source: Range<Int>) -> Int {
        let period = max(2 * source.count - 2, 1)
        let folded = (position - source.lowerBound) % period
        return source.lowerBound + (folded < source.count ? folded : period - folded)
    }
}
