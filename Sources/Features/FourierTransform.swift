/// What computes the FFT.
enum FourierTransform {
    /// Our kernel, frames side by side in vector lanes.
    case kernel
    /// FFTW, frame by frame.
    case fftw
}

extension FbankParameters {
    /// Powers of two from 64 to 4096 are the kernel's; FFTW has the rest.
    var transform: FourierTransform {
        let isPowerOfTwo = fftSize > 0 && fftSize & (fftSize - 1) == 0
        return isPowerOfTwo && (64...4096).contains(fftSize) ? .kernel : .fftw
    }
}

/// The versions of the C libraries that shape the bytes of these features, for a task key: FFTW's where it computes the
/// FFT, else none.
package func libraryVersions(for parameters: FbankParameters) -> [String: String] {
    parameters.transform == .fftw || parameters.filterShape == .bins
        ? ["fftw": FourierPlan.libraryVersion] : [:]
}
