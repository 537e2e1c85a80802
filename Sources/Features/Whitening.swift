internal import CKernels

/// Voicemap's target RMS.
package let voicemapRMS = 0.038021

/// A waveform minus its own mean, times targetRMS / its RMS; a constant (silent) waveform becomes zeros. Sums in double.
package func whiten(_ waveform: inout MutableSpan<Float>, targetRMS: Double, level: CPULevel = .best) {
    precondition(targetRMS > 0, "whiten: target RMS \(targetRMS)")
    unsafe waveform.withUnsafeMutableBufferPointer { samples in
        guard let base = samples.baseAddress else { return }
        unsafe ck_whiten(level.rawValue, base, samples.count, targetRMS)
    }
}
