import Testing
import Torch

@testable import Training

extension WithTorch {
    @Suite struct NetworkTests {
        @Test("FBankNet for 250 speakers has 2 710 330 parameters, as the authors' code")
        func fbankNet() throws {
            let network = try FBankNet(.init(), seed: 1, device: .cpu)
            #expect(network.store.parameterCount == 2_710_330)
            #expect(network.embeddingSize == 250)
        }

        @Test("voicemap's published encoder has 1 023 808 parameters and 2 560 running statistics")
        func voicemap() throws {
            let network = try VoicemapNet(.init(.euclidean), seed: 1, device: .cpu)
            // With the two of the head over the distance.
            #expect(network.store.parameterCount == 1_023_808 + 2)
            let statistics = network.store.entries.filter { !$0.isParameter && !$0.tensor.isInteger }
            #expect(statistics.reduce(0) { $0 + $1.tensor.elementCount } == 2_560)
        }

        @Test("ResNet-18 for 200 speakers has 11 279 112 parameters, as torchvision's")
        func resNet() throws {
            #expect(
                try ResNet18(.init(classCount: 200), seed: 1, device: .cpu).store.parameterCount == 11_279_112
            )
        }

        @Test(
            "a SpectrogramNet's parameters grow with its picture to the published 206 370 465 and 211 064 682",
            arguments: [
                (SpectrogramNet.Parameters.Head.contrastive, 500, 206_370_465),
                (.twoClasses, 512, 211_064_682),
            ])
        func spectrogramNet(head: SpectrogramNet.Parameters.Head, hidden: Int, published: Int) throws {
            let small = try SpectrogramNet(.init(head, size: 4), seed: 1, device: .cpu)
            // The picture's size enters only the first dense layer: 8 channels of every pixel.
            let more = 8 * (227 * 227 - 4 * 4) * hidden
            #expect(small.store.parameterCount + more == published)
        }

        @Test("examples of the stated shape become embeddings of the stated size", arguments: NetworkCase.all)
        func shapes(_ example: NetworkCase) throws {
            let network = try example.make().network
            let input = try NetworkCase.input("first", network)
            #expect(try network.embed(input, .evaluation).shape == [4, network.embeddingSize])
        }
    }
}
