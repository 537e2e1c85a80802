extension NetworkBlueprint {
    /// The network as a Python module for PyTorch users: its class with these parameters, and `load(path)`, which takes a
    /// file of weights. The names of its modules are the keys of the file.
    package var pythonModule: String {
        let body =
            switch self {
            case .spectrogramNet(let parameters): parameters.pythonClasses
            case .fbankNet(let parameters): parameters.pythonClasses
            case .voicemap(let parameters): parameters.pythonClasses
            case .mfcc(let parameters): parameters.pythonClasses
            case .resNet18(let parameters): parameters.pythonClasses
            }
        return """
            \"""A network trained by Twinset. network = load("weights.safetensors"); network(examples) gives embeddings.\"""
            import torch
            from torch import nn
            from torch.nn import functional as F


            \(body)


            def load(path):
                from safetensors.torch import load_file

                network = Network()
                network.load_state_dict(load_file(path))
                return network.eval()

            """
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
