/// What to do with a recording of several channels where one is wanted.
package enum ChannelPolicy: String, Codable, Sendable, CaseIterable {
    /// Refuse it: nothing is dropped or blended unseen.
    case reject
    /// Keep the first channel.
    case first
    /// Take the mean of all channels.
    case mix
}

/// Writes the recording as one channel into `waveform`, which becomes exactly `sampleCount` long and keeps
/// its storage from call to call. A mono recording is copied whatever the policy.
///
/// - Throws: `several-channels` under `reject`.
package func mono(
    _ audio: borrowing DecodedAudio, policy: ChannelPolicy, into waveform: inout [Float]
) throws(AudioError) {
    let channels = audio.channelCount
    let count = audio.sampleCount
    if channels > 1, policy == .reject {
        throw AudioError(
            .severalChannels,
            "The recording has \(channels) channels where one is expected; name a channel policy (first, mix) to accept it."
        )
    }
    resize(&waveform, to: count)
    let input = audio.samples.span
    var output = waveform.mutableSpan
    if channels == 1 {
        for i in 0..<count { output[i] = input[i] }
    } else if policy == .first {
        for i in 0..<count { output[i] = input[i * channels] }
    } else {
        let share = Float(channels)
        for i in 0..<count {
            var sum = input[i * channels]
            for channel in 1..<channels { sum += input[i * channels + channel] }
            output[i] = sum / share
        }
    }
}
