"""A network trained by Twinset. network = load("weights.safetensors"); network(examples) gives embeddings, for
examples of the shape [count, 1, 20, 20]: those of a dataset by reshape(-1, 1, 20, 20).

As TorchScript, for programs without this file: python network.py weights.safetensors network.pt
"""
import torch
from torch import nn
from torch.nn import functional as F


class Network(nn.Module):
    def __init__(self, channels=(1, 4, 8, 8)):
        super().__init__()
        modules = []
        for inputs, outputs in zip(channels, channels[1:]):
            modules += [
                nn.ReflectionPad2d(1), nn.Conv2d(inputs, outputs, 3), nn.ReLU(), nn.BatchNorm2d(outputs)]
        self.cnn = nn.Sequential(*modules)
        self.fc = nn.Sequential(nn.Linear(3200, 12), nn.ReLU(), nn.Linear(12, 12), nn.ReLU(), nn.Linear(12, 5))

    def forward(self, x):  # [examples, 1, 20, 20]
        return F.dropout(self.fc(self.cnn(x).flatten(1)), 0.0, self.training)


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
        torch.jit.trace(load(sys.argv[1]), torch.zeros(2, 1, 20, 20)).save(sys.argv[2])
