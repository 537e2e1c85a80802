/// Waveform → filter-bank energies, for one worker: tables, scratch and plan are made here, once, and extraction allocates
/// nothing.
///
/// The bits of a frame depend on its samples and the parameters only: not on the CPU, nor on which frames are computed
/// with it. A NaN or infinity in a frame makes that frame's coefficients NaN (or infinite), never a plausible number.
package struct FbankExtractor: ~Copyable {
    package let parameters: FbankParameters
    /// Values per frame.
    package var coefficientCount: Int { parameters.melCount }
    private let kernel: FbankKernel
    private let geometry: FrameGeometry
    /// Pre-emphasis over the signal, which needs the sample before a frame; 0 for none.
    private let signalEmphasis: Float

    /// - Parameters:
    ///   - normalizesEachFrame: also normalizes each frame as `normalizeEachFrame` does, to the same bits but faster.
    ///   - level: the vector instructions to use; one that the CPU has.
    /// - Throws: `FeatureError` as `FbankParameters.validated()`, or if memory or a plan is refused.
    package init(
        _ parameters: FbankParameters, normalizesEachFrame: Bool = false, level: CPULevel = .best
    ) throws(FeatureError) {
        try self.init(
            parameters, normalizesEachFrame: normalizesEachFrame, level: level,
            transform: parameters.transform)
    }

    /// With the transform chosen, so that a test can compare the two.
    init(
        _ parameters: FbankParameters, normalizesEachFrame: Bool, level: CPULevel, transform: FourierTransform
    ) throws(FeatureError) {
        precondition(level <= .best, "FbankExtractor: level \(level) on a CPU that has \(CPULevel.best)")
        let checked = try parameters.validated()
        let kernel = try FbankKernel(
            checked, normalizesEachFrame: normalizesEachFrame, level: level, transform: transform)
        self.parameters = checked
        self.kernel = kernel
        geometry = FrameGeometry(
            windowSampleCount: parameters.windowSampleCount, hopSampleCount: parameters.hopSampleCount,
            fftSize: parameters.fftSize, edges: parameters.edges)
        signalEmphasis = parameters.preEmphasisScope == .signal ? Float(parameters.preEmphasis) : 0
    }

    /// Frames of a waveform of so many samples.
    package func frameCount(sampleCount: Int) -> Int {
        Features.frameCount(
            sampleCount: sampleCount, windowSampleCount: parameters.windowSampleCount,
            hopSampleCount: parameters.hopSampleCount, edges: parameters.edges)
    }

    /// Computes frames firstFrame..<firstFrame + frameCount of the waveform (samples −1…1) into `output`, row-major
    /// [frameCount × coefficientCount].
    package mutating func extract(
        _ waveform: Span<Float>, firstFrame: Int, frameCount: Int, into output: inout MutableSpan<Float>
    ) {
        let total = self.frameCount(sampleCount: waveform.count)
        precondition(
            firstFrame >= 0 && frameCount >= 0 && firstFrame + frameCount <= total,
            "extract: frames \(firstFrame) + \(frameCount) of \(total)")
        precondition(
            output.count == frameCount * coefficientCount,
            "extract: output of \(output.count) for \(frameCount) × \(coefficientCount)")
        unsafe waveform.withUnsafeBufferPointer { samples in
            unsafe output.withUnsafeMutableBufferPointer { rows in
                unsafe run(samples, firstFrame, frameCount, rows)
            }
        }
    }

    private func run(
        _ samples: UnsafeBufferPointer<Float>, _ firstFrame: Int, _ frameCount: Int,
        _ rows: UnsafeMutableBufferPointer<Float>
    ) {
        guard let base = samples.baseAddress, let row = rows.baseAddress else { return }
        for done in stride(from: 0, to: frameCount, by: kernel.lanes) {
            let count = min(kernel.lanes, frameCount - done)
            for lane in 0..<kernel.lanes {
                // Lanes beyond the last frame compute it again, unseen.
                let frame = firstFrame + done + min(lane, count - 1)
                unsafe place(frame, lane, base, samples.count)
            }
            unsafe kernel.run(count: count, into: row + done * coefficientCount)
        }
    }

    /// Points a lane at its frame: in the waveform, or in a copy where the frame (or the sample before it) leaves it.
    private func place(_ frame: Int, _ lane: Int, _ samples: UnsafePointer<Float>, _ sampleCount: Int) {
        let start = geometry.start(ofFrame: frame)
        let lead = signalEmphasis == 0 ? 0 : 1
        if start - lead >= 0 && start + geometry.windowSampleCount <= sampleCount {
            unsafe kernel.setFrame(ofLane: lane, at: samples + start)
            return
        }
        let edge = unsafe kernel.edge(ofLane: lane)
        var previous: Float = 0
        for offset in -1..<geometry.windowSampleCount {
            let position = start + offset
            if let index = geometry.sampleIndex(at: position, sampleCount: sampleCount) {
                previous = unsafe samples[index]
            } else {
                // Zeros follow the pre-emphasis: c·x after x gives c·x − c·x = 0 exactly.
                previous = position < 0 || signalEmphasis == 0 ? 0 : signalEmphasis * previous
            }
            unsafe edge[offset + 1] = previous
        }
        unsafe kernel.setFrame(ofLane: lane, at: edge + 1)
    }
}
