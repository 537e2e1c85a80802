internal import CKernels

/// The tables and scratch of one worker's lanes: owner of a `ck_fbank`, and the only code that touches it.
@safe struct FbankKernel: ~Copyable {
    private let fbank: UnsafeMutablePointer<ck_fbank>
    /// Frames computed side by side.
    let lanes: Int
    private let plan: FourierPlan?

    init(
        _ parameters: FbankParameters, normalizesEachFrame: Bool, level: CPULevel, transform: FourierTransform
    ) throws(FeatureError) {
        let usesKernel = transform == .kernel
        // The kernel's FFT leaves 4 |X|².
        let excess = parameters.spectrum == .magnitude ? 2.0 : 4.0
        let gain = usesKernel ? parameters.powerScale / excess : parameters.powerScale
        let filters = MelFilterbank(parameters, gain: gain)
        let plan: FourierPlan? = usesKernel ? nil : try FourierPlan(size: parameters.fftSize)
        let created = unsafe ck_fbank_create(
            level.rawValue, Int32(parameters.windowSampleCount), Int32(parameters.hopSampleCount),
            Int32(parameters.fftSize), Int32(parameters.melCount), Int32(filters.weights.count))
        guard let fbank = unsafe created else { throw .outOfMemory(fftSize: parameters.fftSize) }
        self.plan = plan
        unsafe self.fbank = fbank
        unsafe lanes = Int(fbank.pointee.lanes)
        set(parameters, normalizesEachFrame: normalizesEachFrame)
        fill(parameters, filters)
    }

    deinit { unsafe ck_fbank_destroy(fbank) }

    private func set(_ parameters: FbankParameters, normalizesEachFrame: Bool) {
        let emphasis = Float(parameters.preEmphasis)
        unsafe fbank.pointee.signal_emphasis = parameters.preEmphasisScope == .signal ? emphasis : 0
        unsafe fbank.pointee.frame_emphasis = parameters.preEmphasisScope == .frame ? emphasis : 0
        unsafe fbank.pointee.removes_mean = parameters.removeDC ? 1 : 0
        unsafe fbank.pointee.floor_value = Float(parameters.logFloor)
        unsafe fbank.pointee.raises_to_floor = parameters.floorRule == .raise && parameters.log ? 1 : 0
        unsafe fbank.pointee.replaces_zero = parameters.floorRule == .replaceZero ? 1 : 0
        unsafe fbank.pointee.takes_root = parameters.spectrum == .magnitude ? 1 : 0
        unsafe fbank.pointee.offset = Float(parameters.logOffset ?? 0)
        unsafe fbank.pointee.takes_log = parameters.log ? 1 : 0
        unsafe fbank.pointee.normalizes = normalizesEachFrame ? 1 : 0
    }

    private func fill(_ parameters: FbankParameters, _ filters: MelFilterbank) {
        let window = parameters.window.values(count: parameters.windowSampleCount)
        unsafe copy(window.map { Float($0 * parameters.scale) }, to: fbank.pointee.window)
        unsafe copy(filters.lengths, to: fbank.pointee.filter_length)
        unsafe copy(filters.weights, to: fbank.pointee.weight)
        guard plan == nil else {
            unsafe copy(filters.bins, to: fbank.pointee.weight_slot)
            unsafe copy((0...Int32(parameters.fftSize / 2)).map { $0 }, to: fbank.pointee.slot)
            return
        }
        let tables = FourierTables(size: parameters.fftSize)
        unsafe copy(filters.bins.map { tables.slots[Int($0)] }, to: fbank.pointee.weight_slot)
        unsafe copy(tables.slots, to: fbank.pointee.slot)
        unsafe copy(tables.pairs, to: fbank.pointee.pair)
        unsafe copy(tables.split, to: fbank.pointee.split)
        unsafe copy(tables.twiddles, to: fbank.pointee.twiddle)
    }

    private func copy<Element>(_ values: [Element], to table: UnsafeMutablePointer<Element>) {
        for (index, value) in values.enumerated() { unsafe table[index] = value }
    }

    /// Room for the sample before a lane's frame and the frame, for one that leaves the waveform.
    func edge(ofLane lane: Int) -> UnsafeMutablePointer<Float> {
        unsafe fbank.pointee.edge + lane * Int(fbank.pointee.edge_stride)
    }

    /// Says where the frame of a lane begins.
    func setFrame(ofLane lane: Int, at samples: UnsafePointer<Float>) {
        unsafe ck_fbank_set_frame(fbank, Int32(lane), samples)
    }

    /// Computes the lanes; the first `count` become rows.
    func run(count: Int, into rows: UnsafeMutablePointer<Float>) {
        unsafe ck_fbank_load(fbank)
        if plan != nil {
            unsafe plan?.replaceByPower(fbank.pointee.block, lanes: lanes)
        } else {
            unsafe ck_fbank_transform(fbank)
        }
        unsafe ck_fbank_finish(fbank, Int32(count), rows)
    }
}
