#!/usr/bin/env python3
"""The peer of `sparse train` in PyTorch eager mode: LeNet-300-100 on Fashion-MNIST by xRDA, as plain tensor operations.

Written from the equations (arXiv 2008.09661). Prints one JSON object: seconds (training and evaluation, data already in
memory), testAccuracy, sparsity. Not part of the product; Tests/PyTorchComparison/compare runs it beside ours.
"""
import argparse
import gzip
import json
import math
import time

import numpy
import torch
from torch import nn

from xrda import Xrda

FOLDER = "/usr/share/datasets/fashion-mnist/"
MEAN, DEVIATION = 0.2860, 0.3530


def read(name, header):
    with gzip.open(FOLDER + name) as file:
        return numpy.frombuffer(file.read(), numpy.uint8)[header:].copy()


def load(prefix):
    images = torch.from_numpy(read(prefix + "-images-idx3-ubyte.gz", 16)).float().div_(255).sub_(MEAN).div_(DEVIATION)
    return images.view(-1, 784), torch.from_numpy(read(prefix + "-labels-idx1-ubyte.gz", 8)).long()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--epochs", type=int, default=10)
    arguments.add_argument("--batch", type=int, default=128)
    arguments.add_argument("--lambda", type=float, default=5e-6, dest="strength")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--threads", type=int, default=1)
    a = arguments.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    images, labels = load("train")
    test_images, test_labels = load("t10k")
    model = nn.Sequential(nn.Linear(784, 300), nn.ReLU(), nn.Linear(300, 100), nn.ReLU(), nn.Linear(100, 10))
    optimizer = Xrda(model.parameters(), a.strength, 500.0, 9.5, 5e-4)
    steps, it = a.epochs * math.ceil(len(labels) / a.batch), 0
    started = time.perf_counter()
    for _ in range(a.epochs):
        order = torch.randperm(len(labels))
        for chosen in order.split(a.batch):
            it += 1
            loss = nn.functional.cross_entropy(model(images[chosen]), labels[chosen])
            model.zero_grad(set_to_none=True)
            loss.backward()
            cosine = math.cos(math.pi * it / steps)
            optimizer.step((1 + cosine) / 2, (1 - cosine) / 2)
        with torch.no_grad():
            guesses = torch.cat([model(part).argmax(1) for part in test_images.split(1000)])
            accuracy = (guesses == test_labels).float().mean().item()
    seconds = time.perf_counter() - started
    weights = [p for p in model.parameters() if p.dim() > 1]
    zeros = sum((p == 0).sum().item() for p in weights) / sum(p.numel() for p in weights)
    print(json.dumps({"seconds": seconds, "testAccuracy": accuracy, "sparsity": zeros, "torch": torch.__version__}))


main()
