internal import CFFTW3
internal import Foundation
internal import Synchronization

/// FFTW's planner of double precision is one for the process and not safe to enter twice; executing plans is.
private let planner = Mutex(())

/// A real FFT of any size in double precision by FFTW, for one worker: planned once, destroyed with this value.
///
/// Estimated and scalar as `FourierPlan` is, for the same reason.
@safe struct DoubleFourierPlan: ~Copyable {
    private let size: Int
    private let plan: fftw_plan
    private let input: UnsafeMutablePointer<Double>
    private let output: UnsafeMutablePointer<fftw_complex>

    init(size: Int) throws(FeatureError) {
        let input = unsafe fftw_alloc_real(size)
        let output = unsafe fftw_alloc_complex(size / 2 + 1)
        guard let input = unsafe input, let output = unsafe output else {
            unsafe fftw_free(input)
            unsafe fftw_free(output)
            throw .outOfMemory(fftSize: size)
        }
        var plan: fftw_plan?
        planner.withLock { _ in
            unsafe plan = fftw_plan_dft_r2c_1d(Int32(size), input, output, FFTW_ESTIMATE | Self.flags)
        }
        guard let plan = unsafe plan else {
            unsafe fftw_free(input)
            unsafe fftw_free(output)
            throw .noPlan(fftSize: size)
        }
        self.size = size
        unsafe self.plan = plan
        unsafe self.input = input
        unsafe self.output = output
    }

    deinit {
        planner.withLock { _ in unsafe fftw_destroy_plan(plan) }
        unsafe fftw_free(input)
        unsafe fftw_free(output)
    }

    /// FFTW_PRESERVE_INPUT, and FFTW_NO_SIMD of FFTW's internal planner flags, which its header does not name.
    private static var flags: UInt32 { 1 << 4 | 1 << 17 }

    /// The powers |X|² of a frame completed with zeros, `size` / 2 + 1 of them.
    func replaceByPower(_ frame: Span<Double>, into powers: inout MutableSpan<Double>) {
        precondition(
            frame.count <= size && powers.count == size / 2 + 1,
            "FFT of \(size): \(frame.count) samples into \(powers.count) bins")
        for index in 0..<size { unsafe input[index] = index < frame.count ? frame[index] : 0 }
        unsafe fftw_execute(plan)
        for bin in 0..<powers.count {
            let (re, im) = unsafe output[bin]
            powers[bin] = re * re + im * im
        }
    }
}
