"""A network trained by Twinset. network = load("weights.safetensors"); network(examples) gives embeddings, for
examples of the shape [count, 1, 256]: those of a dataset by reshape(-1, 1, 256).

As TorchScript, for programs without this file: python network.py weights.safetensors network.pt
"""
import torch
from torch import nn
from torch.nn import functional as F


class Encoder(nn.Module):
    def __init__(self, filters=[4, 8, 12, 16], size=6):
        super().__init__()
        self.count, channels = len(filters), 1
        for index, outputs in enumerate(filters, 1):
            kernel = 32 if index == 1 else 3
            setattr(self, f"conv{index}", nn.Conv1d(channels, outputs, kernel, padding="same"))
            setattr(self, f"bn{index}", nn.BatchNorm1d(outputs, eps=0.001, momentum=0.01))
            channels = outputs
        self.dense = nn.Linear(channels, size)

    def forward(self, x):
        for index in range(1, self.count + 1):
            x = getattr(self, f"bn{index}")(F.relu(getattr(self, f"conv{index}")(x)))
            x = F.max_pool1d(F.dropout1d(x, 0.0, self.training), 4 if index == 1 else 2)
        return self.dense(x.amax(-1))


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.head = nn.Linear(1, 1)

    def forward(self, x):  # [examples, 1, 256]
        return self.encoder(x)

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
        torch.jit.trace(load(sys.argv[1]), torch.zeros(2, 1, 256)).save(sys.argv[2])
