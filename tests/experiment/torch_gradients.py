# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the experiments' gradients against PyTorch's automatic differentiation, in binary64.

torch_gradients.py DIR: DIR is what `optcert experiment NAME --gradients DIR` wrote. The networks are rebuilt here
from tests/experiment/net_shapes.c's description, layer by layer, on the exported parameters.

Tolerance: two right programs differ by rounding alone. One element is a sum of products along a path of fewer than
2^14 operations, each off by a factor (1 + 2^-53), so by less than 2^-39 of the sum of the terms' magnitudes; that sum
is taken to be at most 2^6 times the gradient's largest element. A wrong formula shows at order 1.
"""
import pathlib
import sys

import numpy
import torch
from torch.nn import functional

TOLERANCE = 2.0**-39 * 2**6


class Reader:
    """Hands out the flat parameters in order."""

    def __init__(self, theta):
        self.theta, self.at = theta, 0

    def take(self, *shape):
        size = int(numpy.prod(shape))
        self.at += size
        return self.theta[self.at - size : self.at].reshape(shape)


def dense(read, x, width):
    return x @ read.take(x.shape[-1], width) + read.take(width)


def conv(read, x, channels):
    """3x3, zero padding; parameters: (patch row, patch column, input channel) x output channel, then the bias."""
    weight = read.take(3, 3, x.shape[1], channels).permute(3, 2, 0, 1)
    return functional.relu(functional.conv2d(x, weight, read.take(channels), padding=1))


def norm(read, x):
    return functional.layer_norm(x, x.shape[-1:], read.take(x.shape[-1]), read.take(x.shape[-1]), 1e-5)


def attention(x, heads):
    rows, width = x.shape[0], x.shape[1] // 3
    q, k, v = (part.reshape(rows, heads, width // heads).transpose(0, 1) for part in x.split(width, dim=1))
    score = q @ k.transpose(1, 2) / (width // heads) ** 0.5
    score = score.masked_fill(torch.ones(rows, rows).triu(1).bool(), float("-inf"))
    return (score.softmax(-1) @ v).transpose(0, 1).reshape(rows, width)


def block(read, x, heads):
    width = x.shape[1]
    x = x + dense(read, attention(dense(read, norm(read, x), 3 * width), heads), width)
    wide = functional.gelu(dense(read, norm(read, x), 4 * width), approximate="tanh")
    return x + dense(read, wide, width)


def mlp(read, x):
    return dense(read, functional.relu(dense(read, x, 32)), 10)


def conv_net(read, x):
    picture = functional.avg_pool2d(conv(read, x.reshape(-1, 1, 8, 8), 8), 2)
    picture = functional.avg_pool2d(conv(read, picture, 16), 2)
    return dense(read, picture.permute(0, 2, 3, 1).reshape(-1, 64), 10)


def transformer(read, x, vocabulary=50, width=32, context=32):
    tokens, positions = read.take(vocabulary, width), read.take(context, width)
    y = tokens[x[:, 0].long()] + positions
    y = block(read, block(read, y, 2), 2)
    return dense(read, norm(read, y), vocabulary)


NETWORKS = {"mlp": (mlp, 1), "conv": (conv_net, 1), "transformer": (transformer, 32)}


def check(folder, name, when):
    network, rows = NETWORKS[name]
    load = lambda what: torch.from_numpy(numpy.load(folder / f"{name}-{what}.npy"))
    theta = load(f"{when}-theta").double().requires_grad_()
    inputs, labels, gradients = load("input").double(), load("label").long(), load(when)
    worst = 0.0
    for s, ours in enumerate(gradients):
        part = slice(s * rows, (s + 1) * rows)
        read = Reader(theta)
        loss = functional.cross_entropy(network(read, inputs[part]), labels[part])
        (theirs,) = torch.autograd.grad(loss, theta)
        assert read.at == len(theta), f"{name}: {read.at} of {len(theta)} parameters used"
        worst = max(worst, float((ours - theirs).abs().max() / theirs.abs().max()))
    passed = worst <= TOLERANCE
    print(f"{'passed' if passed else 'FAILED'}  {name} {when}: {len(gradients)} gradients of {len(theta)} elements, "
          f"worst difference {worst:.2e} of the largest element ({TOLERANCE:.2e} allowed)")
    return passed


def main():
    folder = pathlib.Path(sys.argv[1])
    found = sorted(p.name.rsplit("-", 1)[0] for p in folder.glob("*-label.npy"))
    results = [check(folder, name, when) for name in found for when in ("start", "end")]
    sys.exit(0 if results and all(results) else 1)


if __name__ == "__main__":
    main()
