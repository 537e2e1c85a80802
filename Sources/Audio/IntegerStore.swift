internal import CKernels

extension DecodedAudio {
    /// Appends integers to both buffers. `plane(channel)` points at `count` samples of that channel when
    /// `planeCount` is the channel count; with one plane of several channels it points at interleaved ones.
    /// Each is shifted right by `shift` bits first. Room must have been made.
    mutating func append(
        _ count: Int, planeCount: Int, shift: Int, level: VectorLevel,
        plane: (Int) -> UnsafePointer<Int32>?
    ) -> Bool {
        let start = sampleCount * channelCount
        let step = planeCount == 1 ? 1 : channelCount
        let run = planeCount == 1 ? count * channelCount : count
        let bytes = bytesPerSample
        let scale = Float(sign: .plus, exponent: 1 - bitsPerSample, significand: 1)
        precondition(
            samples.count >= start + count * channelCount
                && pcm.count >= (start + count * channelCount) * bytes,
            "no room for \(count) more samples after \(sampleCount)")
        let stored = unsafe pcm.withUnsafeMutableBufferPointer { pcm in
            unsafe samples.withUnsafeMutableBufferPointer { samples in
                guard let pcm = pcm.baseAddress, let samples = samples.baseAddress else {
                    return count == 0
                }
                for channel in 0..<planeCount {
                    guard let input = unsafe plane(channel) else { return false }
                    unsafe ck_pcm_store(
                        level.rawValue, input, run, Int32(shift), Int32(bytes), scale, step,
                        pcm + (start + channel) * bytes, samples + start + channel)
                }
                return true
            }
        }
        if stored { sampleCount += count }
        return stored
    }

    /// Whether every float of this recording is finite.
    var isFinite: Bool {
        unsafe samples.withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return true }
            return unsafe ck_pcm_finite(base, sampleCount * channelCount) != 0
        }
    }
}
