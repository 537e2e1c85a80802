import Audio
import ContentStore

/// Decodes every audio file below a folder and does nothing else: what a build is measured against.
package struct DecodeBench: Sendable {
    package struct Report: Codable, Sendable {
        package let hours: Double
        package let seconds: Double
        package let files: Int
    }

    package let folder: String
    package let jobs: Int

    package init(folder: String, jobs: Int) {
        self.folder = folder
        self.jobs = jobs
    }

    package func run() async throws -> Report {
        let files = try FolderScan.scan(folder)
        let start = ContinuousClock.now
        let queue = NextIndex()
        let folder = folder
        let seconds = try await withThrowingTaskGroup(of: Double.self) { group in
            for _ in 0..<jobs {
                group.addTask {
                    var decoder = try AudioDecoder()
                    var source = SourceFile()
                    var audio = DecodedAudio()
                    var seconds = 0.0
                    while let index = queue.take(below: files.count) {
                        try source.read(path: folder + "/" + files[index].path)
                        let bytes = source.bytes
                        try decoder.decode(bytes.span.extracting(0..<source.count), into: &audio)
                        seconds += Double(audio.sampleCount) / Double(audio.sampleRate)
                    }
                    return seconds
                }
            }
            return try await group.reduce(0, +)
        }
        let elapsed = start.duration(to: .now)
        let wall = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
        return Report(hours: seconds / 3600, seconds: wall, files: files.count)
    }
}
