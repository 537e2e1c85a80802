internal import CFLAC
internal import Foundation

/// Writes waveforms of one channel as FLAC files in memory. Owns libFLAC's encoder.
///
/// The bytes depend on the samples, the rate, the depth and libFLAC's version, on nothing else.
@safe package struct FLACEncoder: ~Copyable {
    /// libFLAC's level: 0 fastest … 8 smallest.
    private static let level: UInt32 = 5

    private let encoder: UnsafeMutablePointer<FLAC__StreamEncoder>
    private let output: UnsafeMutablePointer<Output>
    private var integers: [Int32] = []

    /// What the library has written, and where it writes next: it goes back to its header at the end.
    private struct Output {
        var bytes: [UInt8] = []
        var position = 0
    }

    package init() throws(AudioError) {
        guard let made = unsafe FLAC__stream_encoder_new() else {
            throw AudioError(.notAudio, "libFLAC could not make an encoder: memory is short.")
        }
        unsafe encoder = made
        unsafe output = .allocate(capacity: 1)
        unsafe output.initialize(to: Output())
    }

    deinit {
        unsafe FLAC__stream_encoder_delete(encoder)
        unsafe output.deinitialize(count: 1)
        unsafe output.deallocate()
    }

    /// The version that the bytes depend on.
    package static var version: String { unsafe "libFLAC " + String(cString: flac_version()) }

    /// `samples`, −1 … 1, rounded to `bits` bits (16 or 24) and encoded; what lies outside is clipped.
    package mutating func encode(_ samples: Span<Float>, sampleRate: Int, bits: Int) throws(AudioError)
        -> [UInt8]
    {
        precondition(bits == 16 || bits == 24, "FLAC of \(bits) bits; 16 or 24 are written")
        let scale = Float(1 << (bits - 1))
        integers.removeAll(keepingCapacity: true)
        integers.reserveCapacity(samples.count)
        for index in 0..<samples.count {
            let value = (samples[index] * scale).rounded(.toNearestOrEven)
            integers.append(Int32(min(max(value, -scale), scale - 1)))
        }
        unsafe output.pointee.bytes.removeAll(keepingCapacity: true)
        unsafe output.pointee.position = 0
        try run(sampleRate: sampleRate, bits: bits)
        return unsafe output.pointee.bytes
    }

    private func run(sampleRate: Int, bits: Int) throws(AudioError) {
        unsafe FLAC__stream_encoder_set_channels(encoder, 1)
        unsafe FLAC__stream_encoder_set_bits_per_sample(encoder, UInt32(bits))
        unsafe FLAC__stream_encoder_set_sample_rate(encoder, UInt32(sampleRate))
        unsafe FLAC__stream_encoder_set_compression_level(encoder, FLACEncoder.level)
        unsafe FLAC__stream_encoder_set_streamable_subset(encoder, 0)
        unsafe FLAC__stream_encoder_set_total_samples_estimate(encoder, UInt64(integers.count))
        let status = unsafe FLAC__stream_encoder_init_stream(
            encoder, FLACEncoder.write, FLACEncoder.seek, FLACEncoder.tell, nil, output)
        guard status == FLAC__STREAM_ENCODER_INIT_STATUS_OK else {
            throw AudioError(.unsupported, "libFLAC does not write \(sampleRate) Hz at \(bits) bits.")
        }
        var isWritten = true
        if !integers.isEmpty {
            isWritten = unsafe integers.withUnsafeBufferPointer {
                unsafe FLAC__stream_encoder_process_interleaved(
                    encoder, $0.baseAddress, UInt32(integers.count)) != 0
            }
        }
        let isFinished = unsafe FLAC__stream_encoder_finish(encoder) != 0
        guard isWritten && isFinished else {
            throw AudioError(.unsupported, "libFLAC could not encode \(integers.count) samples.")
        }
    }

    private static let write: FLAC__StreamEncoderWriteCallback = { _, data, count, _, _, client in
        guard let client = unsafe client, let data = unsafe data else {
            return FLAC__STREAM_ENCODER_WRITE_STATUS_FATAL_ERROR
        }
        let target = unsafe client.assumingMemoryBound(to: Output.self)
        let bytes = unsafe UnsafeBufferPointer(start: data, count: count)
        let position = unsafe target.pointee.position
        let end = position + count
        let overlap = unsafe min(end, target.pointee.bytes.count)
        for index in position..<max(position, overlap) {
            unsafe target.pointee.bytes[index] = bytes[index - position]
        }
        unsafe target.pointee.bytes.append(contentsOf: bytes[max(0, overlap - position)...])
        unsafe target.pointee.position = end
        return FLAC__STREAM_ENCODER_WRITE_STATUS_OK
    }

    private static let seek: FLAC__StreamEncoderSeekCallback = { _, offset, client in
        guard let client = unsafe client else { return FLAC__STREAM_ENCODER_SEEK_STATUS_ERROR }
        unsafe client.assumingMemoryBound(to: Output.self).pointee.position = Int(offset)
        return FLAC__STREAM_ENCODER_SEEK_STATUS_OK
    }

    private static let tell: FLAC__StreamEncoderTellCallback = { _, offset, client in
        guard let client = unsafe client, let offset = unsafe offset else {
            return FLAC__STREAM_ENCODER_TELL_STATUS_ERROR
        }
        unsafe offset.pointee = UInt64(client.assumingMemoryBound(to: Output.self).pointee.position)
        return FLAC__STREAM_ENCODER_TELL_STATUS_OK
    }
}
