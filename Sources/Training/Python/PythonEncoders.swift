/// The encoders of waveforms and of matrices, as Python classes.
enum PythonEncoders {
    /// Of voicemap and the raw form of the MFCC study.
    static func waveform(
        filters: [Int], embeddingSize: Int, epsilon: Double, momentum: Double, dropout: Double
    ) -> String {
        """
        class Encoder(nn.Module):
            def __init__(self, filters=\(filters), size=\(embeddingSize)):
                super().__init__()
                self.count, channels = len(filters), 1
                for index, outputs in enumerate(filters, 1):
                    kernel = 32 if index == 1 else 3
                    setattr(self, f"conv{index}", nn.Conv1d(channels, outputs, kernel, padding="same"))
                    setattr(self, f"bn{index}", nn.BatchNorm1d(outputs, eps=\(epsilon), momentum=\(momentum)))
                    channels = outputs
                self.dense = nn.Linear(channels, size)

            def forward(self, x):
                for index in range(1, self.count + 1):
                    x = getattr(self, f"bn{index}")(F.relu(getattr(self, f"conv{index}")(x)))
                    x = F.max_pool1d(F.dropout1d(x, \(dropout), self.training), 4 if index == 1 else 2)
                return self.dense(x.amax(-1))
        """
    }

    /// Of the MFCC study.
    static func matrix(filters: [Int], embeddingSize: Int, dropout: Double) -> String {
        """
        class Encoder(nn.Module):
            def __init__(self, filters=\(filters), size=\(embeddingSize)):
                super().__init__()
                self.count, channels = len(filters), 1
                for index, outputs in enumerate(filters, 1):
                    setattr(self, f"conv{index}", nn.Conv2d(channels, outputs, 3, padding=1))
                    setattr(self, f"bn{index}", nn.BatchNorm2d(outputs))
                    channels = outputs
                self.dense = nn.Linear(channels, size)

            def forward(self, x):
                for index in range(1, self.count + 1):
                    x = F.relu(getattr(self, f"bn{index}")(getattr(self, f"conv{index}")(x)))
                    x = F.dropout(F.max_pool2d(x, 2), \(dropout), self.training)
                return self.dense(x.amax((-2, -1)))
        """
    }

    /// A network of an encoder and what follows it; `head` is the Python of its layer, or nil.
    static func network(head: String?, input: String, forward: String, methods: String) -> String {
        """



        class Network(nn.Module):
            def __init__(self):
                super().__init__()
                self.encoder = Encoder()\(head.map { "\n        self.head = \($0)" } ?? "")

            def forward(self, x):  # [examples, \(input)]
                return \(forward)
        """ + (methods.isEmpty ? "" : "\n" + methods)
    }
}
