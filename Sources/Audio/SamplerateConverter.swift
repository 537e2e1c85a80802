internal import CSamplerate

/// One of libsamplerate's converters, reset for every signal and fed it whole, as its simple interface does.
@safe struct SamplerateConverter: ~Copyable {
    private let state: OpaquePointer
    private let ratio: Double

    init(_ method: ResampleMethod, ratio: Double) throws(AudioError) {
        let converter =
            switch method {
            case .sincBest: SRC_SINC_BEST_QUALITY
            case .sincMedium: SRC_SINC_MEDIUM_QUALITY
            default: SRC_SINC_FASTEST
            }
        guard src_is_valid_ratio(ratio) != 0 else {
            throw AudioError(
                .unsupportedRates, "libsamplerate does not convert by \(ratio); its limits are 1/256 and 256."
            )
        }
        var status: Int32 = 0
        guard let state = unsafe src_new(Int32(converter), 1, &status) else {
            throw AudioError(
                .libraryFailure,
                "libsamplerate could not make a \(method.rawValue) converter (error \(status)).")
        }
        unsafe self.state = state
        self.ratio = ratio
    }

    deinit { _ = unsafe src_delete(state) }

    /// Converts a whole signal into exactly `count` samples. The library may end a sample early: what it
    /// left out is zero.
    mutating func run(_ input: Span<Float>, count: Int, into output: inout [Float]) throws(AudioError) {
        resize(&output, to: count)
        guard count > 0 else { return }
        var status = unsafe src_reset(state)
        var made = 0
        unsafe input.withUnsafeBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                var data = unsafe SRC_DATA()
                unsafe data.data_in = input.baseAddress
                unsafe data.input_frames = input.count
                unsafe data.data_out = output.baseAddress
                unsafe data.output_frames = count
                unsafe data.src_ratio = ratio
                unsafe data.end_of_input = 1
                if status == 0 { status = unsafe src_process(state, &data) }
                unsafe made = Int(data.output_frames_gen)
                unsafe output[made...].update(repeating: 0)
            }
        }
        guard status == 0, made >= count - 1 else {
            throw AudioError(
                .libraryFailure,
                "libsamplerate made \(made) samples of \(count) (error \(status)); report its version, \(Self.libraryVersion)."
            )
        }
    }

    static var libraryVersion: String { unsafe String(cString: src_get_version()) }
}
