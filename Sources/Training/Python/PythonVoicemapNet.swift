extension VoicemapNet.Parameters {
    var pythonClasses: String {
        let encoder = PythonEncoders.waveform(
            filters: (1...4).map { $0 * filters }, embeddingSize: embeddingSize,
            epsilon: normalization.epsilon,
            momentum: normalization.momentum, dropout: dropout)
        return encoder
            + PythonEncoders.network(
                head: pythonHead, input: "1, \(sampleCount)", forward: "self.encoder(x)",
                methods: pythonMethods)
    }

    private var pythonHead: String? {
        switch head {
        case .euclidean: "nn.Linear(1, 1)"
        case .absoluteDifference: "nn.Linear(\(embeddingSize), 1)"
        case .classes: "nn.Linear(\(embeddingSize), \(classCount))"
        case .none: nil
        }
    }

    private var pythonMethods: String {
        switch head {
        case .euclidean: NetworkBlueprint.pairMethod(overDistance: true)
        case .absoluteDifference: NetworkBlueprint.pairMethod(overDistance: false)
        case .classes:
            """

                def class_logits(self, embeddings):
                    return self.head(embeddings)
            """
        case .none: ""
        }
    }
}
