package import ContentStore
internal import Foundation

/// The enrolled voices of a run, a file for each in its folder `voices`:
///
///     voices/anna.safetensors    center [embeddingSize]
///     __metadata__: name, examples, recordings
///                   weights    the digest of the network that made it
///
/// A voice is written whole or not at all. One that another network made is refused: its numbers mean nothing to this one.
package struct VoiceFolder: Sendable {
    package let path: String
    private let weights: Digest

    /// - Parameter weights: of the run's network, as `WeightDigest` has it.
    package init(run: String, weights: Digest) {
        path = run + "/voices"
        self.weights = weights
    }

    /// All voices that can be used, by name, and why the others cannot.
    package func voices() -> (usable: [Voice], refusals: [TrainingError]) {
        var (voices, refusals): ([Voice], [TrainingError]) = ([], [])
        for file in files {
            do throws(TrainingError) { voices.append(try read(file)) } catch { refusals.append(error) }
        }
        return (voices.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }, refusals)
    }

    /// The files of all voices, of whatever network.
    package var files: [String] {
        // A folder that is not there holds none.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasSuffix(".safetensors") }.sorted().map { path + "/" + $0 }
    }

    /// Whether somebody is enrolled under that name, with whatever network.
    package func has(_ name: String) throws(TrainingError) -> Bool {
        FileManager.default.fileExists(atPath: path + "/" + (try VoiceFileName(name)).file)
    }

    /// The voice of that name; nil when nobody is enrolled under it.
    package func voice(_ name: String) throws(TrainingError) -> Voice? {
        guard try has(name) else { return nil }
        return try read(path + "/" + (try VoiceFileName(name)).file)
    }

    /// The voice in a file.
    package func read(_ file: String) throws(TrainingError) -> Voice {
        do {
            let reader = try TensorFileReader(path: file)
            guard reader.metadata["kind"] == "voice", let name = reader.metadata["name"],
                let examples = reader.metadata["examples"].flatMap({ Int($0) }), examples > 0,
                let recordings = reader.metadata["recordings"].flatMap({ Int($0) })
            else { throw TrainingError.unusable("\(file) holds no voice; remove it") }
            guard reader.metadata["weights"] == weights.hex else {
                throw TrainingError.unusable(
                    "'\(name)' was enrolled with other weights than the run has now; enroll it again, or: twinset forget"
                )
            }
            return Voice(
                name: name, center: try reader.floats("center"), exampleCount: examples,
                recordingCount: recordings)
        } catch let error as StoreError {
            throw .store(error)
        } catch let error as TrainingError {
            throw error
        } catch {
            throw .unusable("\(file): \(error)")
        }
    }

    /// Keeps a voice, in place of one of the same name. Returns its file.
    @discardableResult
    package func keep(_ voice: Voice) throws(TrainingError) -> String {
        let name = try VoiceFileName(voice.name)
        let file = path + "/" + name.file
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw .unusable("cannot make the folder \(path): \(error.reason)")
        }
        let metadata = [
            "schema": "1", "name": name.name, "examples": String(voice.exampleCount),
            "recordings": String(voice.recordingCount), "weights": weights.hex,
        ]
        let center = Tensor("center", shape: [voice.center.count], .float32(voice.center))
        do {
            try TensorFile(kind: "voice", metadata: metadata, tensors: [center]).publish(at: file)
        } catch {
            throw .store(error)
        }
        return file
    }

    /// Removes the voice of that name, whatever network made it.
    package func forget(_ name: String) throws(TrainingError) {
        let file = path + "/" + (try VoiceFileName(name)).file
        guard FileManager.default.fileExists(atPath: file) else {
            throw .unusable("nobody is enrolled as '\(name)' in \(path)")
        }
        do {
            try FileManager.default.removeItem(atPath: file)
        } catch {
            throw .unusable("cannot remove \(file): \(error.reason)")
        }
    }
}
