"""A network trained by Twinset. network = load("weights.safetensors"); network(examples) gives embeddings, for
examples of the shape [count, 3, 64, 64]: those of a dataset by reshape(-1, 3, 64, 64).

As TorchScript, for programs without this file: python network.py weights.safetensors network.pt
"""
import torch
from torch import nn
from torch.nn import functional as F


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
    def __init__(self, classes=5, filters=8):
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

    def forward(self, x):  # [examples, 3, 64, 64], three equal channels
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, stride=2, padding=1)
        for layer in (self.layer1, self.layer2, self.layer3, self.layer4):
            x = layer(x)
        return F.adaptive_avg_pool2d(x, 1).flatten(1)

    def class_logits(self, embeddings):
        return self.fc(embeddings)


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
        torch.jit.trace(load(sys.argv[1]), torch.zeros(2, 3, 64, 64)).save(sys.argv[2])
