internal import ContentStore
internal import Foundation
package import Torch

/// A finished training, read from its folder.
package struct TrainedRun {
    package let folder: String
    package let network: any Network
    /// The digest of the dataset that it was trained on.
    package let dataset: String
    /// The SHA-256 of the file of weights.
    package let weights: String
    package let phases: [TrainingPhase]
    private let device: Device

    /// What is read of `run.json`.
    private struct Description: Codable {
        struct Plan: Codable {
            let phases: [TrainingPhase]
        }

        let plan: Plan
    }

    /// Throws where the training is not finished, or the folder is none of a run.
    package init(_ folder: String, device: Device) throws(TrainingError) {
        let path = folder + "/weights.safetensors"
        guard FileManager.default.fileExists(atPath: path) else {
            throw .unusable("the run in \(folder) is not finished; go on with 'twinset train … --resume'")
        }
        let (network, metadata) = try NetworkFile.read(path, device: device)
        (self.folder, self.network, self.device) = (folder, network, device)
        dataset = metadata["dataset"] ?? ""
        do {
            weights = Digest.of([UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))).hex
            let text = try String(contentsOfFile: folder + "/run.json", encoding: .utf8)
            phases = try CanonicalJSON.decode(Description.self, from: text).plan.phases
        } catch {
            throw .unusable("\(folder)/run.json cannot be read or is damaged; train again")
        }
    }

    /// Whether what the network gives was trained by triplets.
    package var isOfTriplets: Bool {
        if case .triplets = phases.last?.task { return true }
        return false
    }

    /// The network of the last phase that taught it to name speakers, and the number of that phase, counted from 1. nil
    /// where none did.
    package func classifier() throws(TrainingError) -> (network: any Classifier, phase: Int)? {
        let last = phases.lastIndex { phase in
            switch phase.task {
            case .classes, .centers: true
            case .pairs, .triplets: false
            }
        }
        guard let last else { return nil }
        let network =
            last == phases.count - 1
            ? network
            : try NetworkFile.read("\(folder)/phase-\(last + 1).safetensors", device: device).network
        return (network as? any Classifier).map { ($0, last + 1) }
    }
}
