"""A network trained by Twinset. network = load("weights.safetensors"); network(examples) gives embeddings, for
examples of the shape [count, 1, 96, 64]: those of a dataset by reshape(-1, 1, 96, 64).

As TorchScript, for programs without this file: python network.py weights.safetensors network.pt
"""
import torch
from torch import nn
from torch.nn import functional as F


class Encoder(nn.Module):
    def __init__(self, filters=[8, 12, 16], size=10):
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
            x = F.dropout(F.max_pool2d(x, 2), 0.0, self.training)
        return self.dense(x.amax((-2, -1)))


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.head = nn.Linear(1, 1)

    def forward(self, x):  # [examples, 1, 96, 64]
        return F.dropout(self.encoder(x), 0.0, self.training)

    def pair_logits(self, a, b):
        return self.head(F.pairwise_distance(a, b)[:, None])[:, 0]


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
        torch.jit.trace(load(sys.argv[1]), torch.zeros(2, 1, 96, 64)).save(sys.argv[2])
