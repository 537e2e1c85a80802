extension SpectrogramNet.Parameters {
    var pythonClasses: String {
        let isContrastive = head == .contrastive
        let flat = 8 * size * size
        let dense =
            isContrastive
            ? "nn.Linear(\(flat), \(hidden)), nn.ReLU(), nn.Linear(\(hidden), \(hidden)), nn.ReLU(), nn.Linear(\(hidden), 5)"
            : "nn.Linear(\(flat), \(hidden)), nn.ReLU()"
        let match =
            isContrastive
            ? ""
            : """

                    self.match = nn.Linear(\(hidden), 2)

                def pair_logits(self, a, b):  # no match, match
                    return self.match((a - b).abs())
            """
        return """
            class Network(nn.Module):
                def __init__(self, channels=\(isContrastive ? "(1, 4, 8, 8)" : "(1, 4, 8)")):
                    super().__init__()
                    modules = []
                    for inputs, outputs in zip(channels, channels[1:]):
                        modules += [
                            nn.ReflectionPad2d(1), nn.Conv2d(inputs, outputs, 3), nn.ReLU(), nn.BatchNorm2d(outputs)]
                    self.cnn = nn.Sequential(*modules)
                    self.fc = nn.Sequential(\(dense))\(match)

                def forward(self, x):  # [examples, 1, \(size), \(size)]
                    return F.dropout(self.fc(self.cnn(x).flatten(1)), \(dropout), self.training)
            """
    }
}
