package import Torch

/// Which network it is, with all its parameters: part of a run's identity, and kept with the weights so that they can
/// be used without the recipe.
package enum NetworkBlueprint: Codable, Sendable, Hashable {
    case spectrogramNet(SpectrogramNet.Parameters)
    case fbankNet(FBankNet.Parameters)
    case voicemap(VoicemapNet.Parameters)
    case mfcc(MFCCNet.Parameters)
    case resNet18(ResNet18.Parameters)

    /// The network with initial weights by `seed`.
    package func make(seed: UInt64, device: Device) throws(TorchError) -> any Network {
        switch self {
        case .spectrogramNet(let parameters): try SpectrogramNet(parameters, seed: seed, device: device)
        case .fbankNet(let parameters): try FBankNet(parameters, seed: seed, device: device)
        case .voicemap(let parameters): try VoicemapNet(parameters, seed: seed, device: device)
        case .mfcc(let parameters): try MFCCNet(parameters, seed: seed, device: device)
        case .resNet18(let parameters): try ResNet18(parameters, seed: seed, device: device)
        }
    }
}
