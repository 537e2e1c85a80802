/// When a frame counts as speech, by its energy alone.
package struct SpeechActivityParameters: Codable, Hashable, Sendable {
    /// Samples of a frame, and from the start of one to the next.
    package var windowSampleCount: Int
    package var hopSampleCount: Int
    /// How far below the loud level of the utterance a frame may lie, in dB; the loud level is that of the frame which 5 %
    /// of the frames exceed, so that a click does not set it.
    package var thresholdDB: Double
    /// Frames below this are never speech, in dB below a full-scale square wave.
    package var floorDB: Double
    /// Frames on either side of speech that count as speech too.
    package var hangoverFrameCount: Int

    package init(
        windowSampleCount: Int, hopSampleCount: Int, thresholdDB: Double, floorDB: Double,
        hangoverFrameCount: Int
    ) {
        self.windowSampleCount = windowSampleCount
        self.hopSampleCount = hopSampleCount
        self.thresholdDB = thresholdDB
        self.floorDB = floorDB
        self.hangoverFrameCount = hangoverFrameCount
    }
}
