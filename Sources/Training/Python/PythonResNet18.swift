extension ResNet18.Parameters {
    var pythonClasses: String {
        """
        class BasicBlock(nn.Module):
            def __init__(self, inputs, outputs, stride):
                super().__init__()
                self.conv1 = nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False)
                self.bn1 = nn.BatchNorm2d(outputs)
                self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
                self.bn2 = nn.BatchNorm2d(outputs)
                self.downsample = None
                if stride != 1 or inputs != outputs:
                    self.downsample = nn.Sequential(
                        nn.Conv2d(inputs, outputs, 1, stride=stride, bias=False), nn.BatchNorm2d(outputs))

            def forward(self, x):
                y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
                return F.relu(y + (x if self.downsample is None else self.downsample(x)))


        class Network(nn.Module):
            def __init__(self, classes=\(classCount), filters=\(filters)):
                super().__init__()
                self.conv1 = nn.Conv2d(3, filters, 7, stride=2, padding=3, bias=False)
                self.bn1 = nn.BatchNorm2d(filters)
                channels = filters
                for layer in range(1, 5):
                    outputs = filters << layer - 1
                    stride = 1 if layer == 1 else 2
                    blocks = nn.Sequential(BasicBlock(channels, outputs, stride), BasicBlock(outputs, outputs, 1))
                    setattr(self, f"layer{layer}", blocks)
                    channels = outputs
                self.fc = nn.Linear(channels, classes)

            def forward(self, x):  # [examples, 3, \(size), \(size)], three equal channels
                x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, stride=2, padding=1)
                for layer in (self.layer1, self.layer2, self.layer3, self.layer4):
                    x = layer(x)
                return F.adaptive_avg_pool2d(x, 1).flatten(1)

            def class_logits(self, embeddings):
                return self.fc(embeddings)
        """
    }
}
