import ContentStore
import Features
import Foundation

/// Loads the weights of VGGish from the user's safetensors file, which must be the one that the recipe names by its
/// digest. They are loaded once and shared by all workers.
package enum VGGishWeights {
    /// - Parameters:
    ///   - path: the file; a `~` at its start is the home folder.
    ///   - digest: the SHA-256 of its bytes.
    ///   - place: where the recipe asks for it, for errors.
    package static func load(
        path: String, digest: Digest, rectifies: Bool = true, postprocesses: Bool = false, place: String
    ) throws(StageError) -> VGGishNetwork {
        let whole = URL(fileURLWithPath: NSString(string: path).expandingTildeInPath).path
        guard FileManager.default.fileExists(atPath: whole) else {
            throw .usage(
                "\(place): there is no file \(whole); give features.weights the VGGish weights as safetensors, or make "
                    + "\(alternative)")
        }
        do {
            let found = try SourceFile.digest(path: whole)
            guard found == digest else {
                throw StageError.usage(
                    "\(place): \(whole) has the SHA-256 \(found.hex), but features.weights-digest is \(digest.hex); give "
                        + "the file that is meant, or make \(alternative)")
            }
            let file = try TensorFileReader(path: whole)
            return try VGGishNetwork(rectifies: rectifies, postprocesses: postprocesses) {
                name throws(FeatureError) in try tensor(name, in: file)
            }
        } catch let error as StageError {
            throw error
        } catch let error as StoreError {
            throw .usage("\(place): \(error.message)")
        } catch {
            throw .usage("\(place): \(whole): \(error)")
        }
    }

    /// What can be had without weights.
    private static let alternative =
        "its input instead, the log-mel patches: features.kind: fbank with features.dialect: vggish"

    private static func tensor(
        _ name: String, in file: TensorFileReader
    ) throws(FeatureError) -> VGGishTensor? {
        guard let entry = file.entries[name] else { return nil }
        do {
            // A value alone is a row of one.
            let values =
                entry.shape.isEmpty
                ? try file.floats(name) : try file.floats(name, rows: 0..<(entry.shape.first ?? 0))
            return VGGishTensor(shape: entry.shape, values: values)
        } catch {
            throw .weights("'\(name)' of the VGGish weights is neither float32 nor float16")
        }
    }
}
