"""A network trained by Twinset. network = load("weights.safetensors"); network(examples) gives embeddings, for
examples of the shape [count, 1, 64, 64]: those of a dataset by reshape(-1, 1, 64, 64).

As TorchScript, for programs without this file: python network.py weights.safetensors network.pt
"""
import torch
from torch import nn
from torch.nn import functional as F


class Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(channels)

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(y)) + x)


class Network(nn.Module):
    def __init__(self, classes=12, filters=8):
        super().__init__()
        modules, channels = [], 1
        for outputs in (filters, 2 * filters, 4 * filters, 8 * filters):
            modules += [nn.Conv2d(channels, outputs, 5, stride=2, padding=2), Residual(outputs)]
            channels = outputs
        self.layers = nn.Sequential(*modules)
        self.fc = nn.Linear(channels, classes)

    def forward(self, x):  # [examples, 1, 64, 64]
        return self.fc(F.avg_pool2d(self.layers(x), 4).flatten(1))

    def class_logits(self, embeddings):
        return embeddings


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
        torch.jit.trace(load(sys.argv[1]), torch.zeros(2, 1, 64, 64)).save(sys.argv[2])
