import ContentStore
import Features
import Synchronization

/// A network whose weights are loaded once, when the first worker needs them, and shared by all.
final class SharedNetwork: Sendable {
    private let request: Recipe.WeightsRequest
    private let loaded = Mutex<VGGishNetwork?>(nil)

    init(_ request: Recipe.WeightsRequest) { self.request = request }

    func network() throws(StageError) -> VGGishNetwork {
        try loaded.withLock { known throws(StageError) in
            if let known { return known }
            let network = try VGGishWeights.load(
                path: request.path, digest: request.digest, place: request.place)
            guard network.embeddingCount == 128 else {
                throw StageError.usage(
                    "\(request.place): \(request.path) gives \(network.embeddingCount) values where VGGish gives 128"
                )
            }
            known = network
            return network
        }
    }
}
