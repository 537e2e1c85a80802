internal import CFFTW3
internal import Foundation
internal import Synchronization

/// FFTW's planner is one for the process and not safe to enter twice; executing plans is.
private let planner = Mutex(())

/// A real FFT of any size by FFTW, for one worker: planned once, destroyed with this value.
///
/// Plans are estimated and scalar: measured ones differ between runs, and vector ones between CPUs, and with them the
/// bits.
@safe struct FourierPlan: ~Copyable {
    private let size: Int
    private let plan: fftwf_plan
    private let input: UnsafeMutablePointer<Float>
    private let output: UnsafeMutablePointer<fftwf_complex>

    init(size: Int) throws(FeatureError) {
        let input = unsafe fftwf_alloc_real(size)
        let output = unsafe fftwf_alloc_complex(size / 2 + 1)
        guard let input = unsafe input, let output = unsafe output else {
            unsafe fftwf_free(input)
            unsafe fftwf_free(output)
            throw .outOfMemory(fftSize: size)
        }
        var plan: fftwf_plan?
        planner.withLock { _ in
            unsafe plan = fftwf_plan_dft_r2c_1d(Int32(size), input, output, FFTW_ESTIMATE | Self.noSIMD)
        }
        guard let plan = unsafe plan else {
            unsafe fftwf_free(input)
            unsafe fftwf_free(output)
            throw .noPlan(fftSize: size)
        }
        self.size = size
        unsafe self.plan = plan
        unsafe self.input = input
        unsafe self.output = output
    }

    deinit {
        planner.withLock { _ in unsafe fftwf_destroy_plan(plan) }
        unsafe fftwf_free(input)
        unsafe fftwf_free(output)
    }

    /// FFTW_NO_SIMD of FFTW's internal planner flags, which its header does not name.
    private static var noSIMD: UInt32 { 1 << 17 }

    /// Real signals that stand side by side, element i of signal l at `block[i * lanes + l]`, become their |X|², bin k of
    /// signal l at `block[k * lanes + l]`.
    func replaceByPower(_ block: UnsafeMutablePointer<Float>, lanes: Int) {
        for lane in 0..<lanes {
            for i in 0..<size { unsafe input[i] = block[i * lanes + lane] }
            unsafe fftwf_execute(plan)
            for bin in 0...size / 2 {
                let (re, im) = unsafe output[bin]
                unsafe block[bin * lanes + lane] = re * re + im * im
            }
        }
    }

    /// FFTW's description of the plan, which names its codelets.
    var planDescription: String {
        guard let text = unsafe fftwf_sprint_plan(plan) else { return "" }
        defer { unsafe free(text) }
        return unsafe String(cString: text)
    }

    /// Such as "3.3.10", without the list of instruction sets that FFTW adds to it.
    static var libraryVersion: String {
        let parts = unsafe String(cString: fftwf_version_text()).split(separator: "-")
        return parts.count > 1 ? String(parts[1]) : "unknown"
    }
}
