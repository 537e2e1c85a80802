import ContentStore

/// How much a build will write, roughly, before anything is decoded: sources say only how many bytes they have.
package struct SizeEstimate: Encodable, Sendable {
    /// Hours of audio in the packs that must run.
    package let hours: Double
    package let bytes: Int
    package let freeBytes: Int?
    /// Seconds, from the rate of one worker on a common CPU.
    package let seconds: Double

    /// Typical bytes per sample at the source: FLAC of speech halves 16-bit audio.
    private static let flacBytesPerHour = 63_000_000.0
    private static let plainBytesPerHour = 115_200_000.0
    private static let hoursPerSecondAndJob = 1.2

    init(_ recipe: Recipe, stale packs: [Pack], store: Store, jobs: Int) {
        var hours = 0.0
        for pack in packs {
            for utterance in pack.utterances {
                if let length = utterance.range?.nanoseconds {
                    hours += max(0, Double(length)) / 3.6e12
                    continue
                }
                let isFLAC = utterance.relativePath.hasSuffix(".flac")
                let perHour = isFLAC ? SizeEstimate.flacBytesPerHour : SizeEstimate.plainBytesPerHour
                hours += Double(utterance.state.byteCount) / perHour
            }
        }
        self.hours = hours
        bytes = Int(hours * recipe.bytesPerHour)
        freeBytes = store.freeByteCount
        seconds = hours / (SizeEstimate.hoursPerSecondAndJob * Double(jobs))
    }

    /// Pairs of so many bytes, which nothing is read for.
    init(pairs bytes: Int, store: Store) {
        (hours, seconds) = (0, 0)
        self.bytes = bytes
        freeBytes = store.freeByteCount
    }

    private init(hours: Double, bytes: Int, freeBytes: Int?, seconds: Double) {
        (self.hours, self.bytes, self.freeBytes, self.seconds) = (hours, bytes, freeBytes, seconds)
    }

    static let none = SizeEstimate(hours: 0, bytes: 0, freeBytes: nil, seconds: 0)

    static func + (left: SizeEstimate, right: SizeEstimate) -> SizeEstimate {
        SizeEstimate(
            hours: left.hours + right.hours, bytes: left.bytes + right.bytes,
            freeBytes: right.freeBytes ?? left.freeBytes, seconds: left.seconds + right.seconds)
    }

    /// Refuses a build that cannot fit.
    func check(workspace: Workspace) throws(StageError) {
        guard let freeBytes, bytes > freeBytes else { return }
        throw .failed(
            "this build would write about \(Amount.bytes(bytes)) to \(workspace.path), where \(Amount.bytes(freeBytes)) are "
                + "free; free some space, or use another --workspace")
    }
}

extension Recipe {
    /// Bytes kept for an hour of audio.
    var bytesPerHour: Double {
        let cutter = ExampleCutter(parameters: frame)
        let valueBytes = features.dtype == .float32 ? 4.0 : 2.0
        var bytes = 0.0
        if keep.contains(.resample) { bytes += Double(resample.rate) * 3600 * 4 }
        guard keep.contains(.features) else { return bytes }
        let every = frame.every ?? (frame.group ?? 1) * frame.hop
        let length = cutter.framesPerExample ?? 1
        let examples = Double(resample.rate) * 3600 / Double(max(every, 1))
        let copies = features.normalize == .dataset ? 2.0 : 1.0
        return bytes + examples * Double(features.exampleShape(frames: length).reduce(1, *)) * valueBytes
            * copies
    }
}
