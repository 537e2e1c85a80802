extension MFCCNet.Parameters {
    var pythonClasses: String {
        let encoder: String
        let shape: String
        switch input {
        case .matrix(let frameCount, let coefficientCount):
            encoder = PythonEncoders.matrix(filters: filters, embeddingSize: embeddingSize, dropout: dropout)
            shape = "1, \(frameCount), \(coefficientCount)"
        case .waveform(let sampleCount):
            encoder = PythonEncoders.waveform(
                filters: filters, embeddingSize: embeddingSize, epsilon: 1e-5, momentum: 0.1, dropout: dropout
            )
            shape = "1, \(sampleCount)"
        }
        return encoder
            + PythonEncoders.network(
                head: "nn.Linear(1, 1)", input: shape,
                forward: "F.dropout(self.encoder(x), \(dropout), self.training)",
                methods: NetworkBlueprint.pairMethod(overDistance: true))
    }
}
