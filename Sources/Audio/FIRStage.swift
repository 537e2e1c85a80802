internal import CKernels

/// One step of rate conversion by L / M (lowest terms): output k lies at input time k · M / L and is the sum of
/// the input samples around it, each times the filter at its distance; samples outside the input are zero.
///
/// Outputs k, k + L, k + 2L … share their taps (a *phase*) and step M samples of input each. So the input is
/// dealt out to M streams, and for one phase and one tap the inputs of consecutive outputs are neighbors in
/// one stream: sixteen outputs at a time, plain multiply and add, no shuffling.
///
///     input    x0 x1 x2 x3 x4 x5 …        M = 2
///     streams  x0 x2 x4 …                 tap j of outputs m, m+1, m+2 …
///              x1 x3 x5 …                 reads stream (base + j) mod 2 from (base + j) / 2 + m on
///
/// Work goes block by block so that streams stay in cache.
struct FIRStage {
    /// Outputs of each phase per block.
    private let blockSize: Int
    private let down: Int
    private let up: Int
    /// How far before its output's time the earliest tap of any phase lies.
    private let reach: Int
    /// Streams times columns of one block, and the samples these are dealt from.
    private let columns: Int
    private let level: VectorLevel
    /// Taps of all phases one after another, phase p from `phaseStart[p]` on, with their places in `streams`.
    private let taps: [Float]
    private let offsets: [Int32]
    private let phaseStart: [Int]
    private var staging: [Float]
    private var streams: [Float]
    private var phaseOutput: [Float]

    /// Most taps of all phases together: 8 MB of coefficients and places.
    static let tapLimit = 1 << 20

    /// nil if the ratio needs more than `tapLimit` taps.
    init?(up: Int, down: Int, design: KaiserDesign, level: VectorLevel) {
        let width = 2 * design.halfWidth + 1
        guard up <= Self.tapLimit, down <= Self.tapLimit,
            Double(up) * width + Double(down) < Double(Self.tapLimit)
        else { return nil }
        let reach = Int(design.halfWidth.rounded(.up))
        let lanes = Int(CK_FIR_LANES)
        let blockSize = max(4 * lanes, min(1024, 8192 / down / lanes * lanes))
        let columns = blockSize + (2 * reach + down) / down + 1
        var (taps, offsets, starts) = ([Float](), [Int32](), [0])
        for phase in 0..<up {
            for (place, tap) in Self.phaseTaps(phase, up: up, down: down, reach: reach, design: design) {
                taps.append(tap)
                offsets.append(Int32(place % down * columns + place / down))
            }
            starts.append(taps.count)
        }
        (self.up, self.down, self.reach, self.level) = (up, down, reach, level)
        (self.blockSize, self.columns) = (blockSize, columns)
        (self.taps, self.offsets, phaseStart) = (taps, offsets, starts)
        staging = [Float](repeating: 0, count: columns * down)
        streams = [Float](repeating: 0, count: columns * down)
        phaseOutput = [Float](repeating: 0, count: blockSize)
    }

    /// The taps of one phase that are not zero, with their places counted from `reach` samples before the
    /// phase's first output on. Computed in double, scaled so that they add to 1, rounded once.
    private static func phaseTaps(
        _ phase: Int, up: Int, down: Int, reach: Int, design: KaiserDesign
    ) -> [(place: Int, tap: Float)] {
        let whole = phase * down / up
        let fraction = Double(phase * down % up) / Double(up)
        let values = (whole - reach...whole + reach + 1).map { i in
            (place: i + reach, value: design.value(at: Double(i - whole) - fraction))
        }
        let sum = values.reduce(0) { $0 + $1.value }
        return values.map { ($0.place, Float($0.value / sum)) }.filter { $0.1 != 0 }
    }

    /// Taps of one phase, at most: the multiplications one output costs.
    var tapsPerOutput: Int { (0..<up).map { phaseStart[$0 + 1] - phaseStart[$0] }.max() ?? 0 }

    /// How many outputs beyond an input's ends can differ from zero.
    var overhang: Int { (reach * up + down) / down + 1 }

    /// Computes outputs `range` into `output` (from its index 0). `input[0]` is input sample `origin`.
    mutating func run(_ input: Span<Float>, origin: Int, range: Range<Int>, into output: inout [Float]) {
        resize(&output, to: range.count)
        let end = Self.floorDivide(range.upperBound + up - 1, up)
        var first = Self.floorDivide(range.lowerBound, up)
        while first < end {
            fillStreams(input, start: first * down - reach - origin)
            let count = min(blockSize, end - first)
            for phase in 0..<up {
                runPhase(phase, count)
                scatter(phase, first: first, count: count, range: range, into: &output)
            }
            first += count
        }
    }

    /// Deals out one block of input from index `start` on, zeros where there is none.
    private mutating func fillStreams(_ input: Span<Float>, start: Int) {
        let count = columns * down
        let isInside = start >= 0 && start + count <= input.count
        unsafe input.withUnsafeBufferPointer { input in
            unsafe staging.withUnsafeMutableBufferPointer { staging in
                unsafe streams.withUnsafeMutableBufferPointer { streams in
                    guard let to = streams.baseAddress, var from = unsafe UnsafePointer(staging.baseAddress)
                    else { return }
                    if isInside, let base = input.baseAddress {
                        unsafe from = base + start
                    } else {
                        let low = min(max(start, 0), input.count)
                        let high = min(max(start + count, low), input.count)
                        unsafe staging.update(repeating: 0)
                        if low < high {
                            _ = unsafe UnsafeMutableBufferPointer(rebasing: staging[(low - start)...])
                                .update(fromContentsOf: input[low..<high])
                        }
                    }
                    unsafe ck_fir_split(level.rawValue, from, down, columns, to, columns)
                }
            }
        }
    }

    /// Computes `count` outputs of one phase, rounded up to whole vectors.
    private mutating func runPhase(_ phase: Int, _ count: Int) {
        let lanes = Int(CK_FIR_LANES)
        let (start, end) = (phaseStart[phase], phaseStart[phase + 1])
        unsafe taps.withUnsafeBufferPointer { taps in
            unsafe offsets.withUnsafeBufferPointer { offsets in
                unsafe streams.withUnsafeBufferPointer { streams in
                    unsafe phaseOutput.withUnsafeMutableBufferPointer { output in
                        guard let taps = taps.baseAddress, let offsets = offsets.baseAddress,
                            let streams = streams.baseAddress, let output = output.baseAddress
                        else { return }
                        unsafe ck_fir_run(
                            level.rawValue, streams, offsets + start, taps + start, end - start,
                            (count + lanes - 1) / lanes * lanes, output)
                    }
                }
            }
        }
    }

    /// Puts a phase's outputs where they belong, leaving out what lies outside the range.
    private func scatter(_ phase: Int, first: Int, count: Int, range: Range<Int>, into output: inout [Float])
    {
        let base = first * up + phase - range.lowerBound
        let from = base >= 0 ? 0 : (-base + up - 1) / up
        let to = min(count, Self.floorDivide(range.count - base + up - 1, up))
        guard from < to else { return }
        precondition(base + from * up >= 0 && base + (to - 1) * up < output.count, "outputs \(range) overrun")
        unsafe phaseOutput.withUnsafeBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { target in
                guard let input = input.baseAddress, let target = target.baseAddress else { return }
                if up == 1 {
                    unsafe (target + base + from).update(from: input + from, count: to - from)
                } else {
                    for m in from..<to { unsafe target[base + m * up] = input[m] }
                }
            }
        }
    }

    /// The quotient rounded down, also for negative numbers.
    private static func floorDivide(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : -((-a + b - 1) / b) }
}
