extension NetworkBlueprint {
    /// The network as a Python module for PyTorch users: its class with these parameters; `load(path)`, which takes a file
    /// of weights, whose keys are the names of its modules; and as a program, what writes TorchScript.
    package var pythonModule: String {
        let body =
            switch self {
            case .spectrogramNet(let parameters): parameters.pythonClasses
            case .fbankNet(let parameters): parameters.pythonClasses
            case .voicemap(let parameters): parameters.pythonClasses
            case .mfcc(let parameters): parameters.pythonClasses
            case .resNet18(let parameters): parameters.pythonClasses
            }
        let shape = exampleShape.map(String.init).joined(separator: ", ")
        return """
            \"""A network trained by Twinset. network = load("weights.safetensors"); network(examples) gives embeddings, for
            examples of the shape [count, \(shape)]: those of a dataset by reshape(-1, \(shape)).

            As TorchScript, for programs without this file: python network.py weights.safetensors network.pt
            \"""
            import torch
            from torch import nn
            from torch.nn import functional as F


            \(body)


            def load(path):
                from safetensors.torch import load_file

                network = Network()
                network.load_state_dict(load_file(path))
                return network.eval()


            if __name__ == "__main__":
                import sys

                if len(sys.argv) != 3:
                    sys.exit("usage: python network.py weights.safetensors network.pt")
                with torch.no_grad():
                    torch.jit.trace(load(sys.argv[1]), torch.zeros(2, \(shape))).save(sys.argv[2])

            """
    }

    /// The shape of one example, without the batch.
    private var exampleShape: [Int] {
        switch self {
        case .spectrogramNet(let parameters): [1, parameters.size, parameters.size]
        case .fbankNet: [1, 64, 64]
        case .voicemap(let parameters): [1, parameters.sampleCount]
        case .mfcc(let parameters):
            switch parameters.input {
            case .matrix(let frameCount, let coefficientCount): [1, frameCount, coefficientCount]
            case .waveform(let sampleCount): [1, sampleCount]
            }
        case .resNet18(let parameters): [3, parameters.size, parameters.size]
        }
    }

    /// The method that scores pairs of embeddings with `self.head`, by their distance or their difference.
    static func pairMethod(overDistance: Bool) -> String {
        let input = overDistance ? "F.pairwise_distance(a, b)[:, None]" : "(a - b).abs()"
        return """

                def pair_logits(self, a, b):
                    return self.head(\(input))[:, 0]
            """
    }
}
