#!/usr/bin/env python3
"""The peer of `sparse bench train` in PyTorch eager mode: training steps of one network on random images.

Prints one JSON object with the keys of ours: the median time of a step (forward, backward, optimizer) by the clock and in
processor time, and the most memory that the process has held. The optimizer is xRDA as plain tensor operations, or torch.optim.SGD.
"""
import argparse
import json
import statistics
import time

import torch
from torch import nn

import models
from xrda import Xrda


class Sgd(torch.optim.SGD):
    """Classical SGD with momentum, in the shape of Xrda."""

    def __init__(self, parameters):
        super().__init__(parameters, lr=0.1, momentum=0.9, weight_decay=5e-4)

    def step(self, size, averaging):
        super().step()


def peak_bytes():
    """Of this process alone: what it had before it became Python does not count."""
    for line in open("/proc/self/status"):
        if line.startswith("VmHWM:"):
            return 1024 * int(line.split()[1])
    return 0


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--model", required=True)
    arguments.add_argument("--batch", type=int, default=32)
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--steps", type=int, default=20)
    arguments.add_argument("--optimizer", choices=("xrda", "sgd"), default="xrda")
    a = arguments.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    shape = (1, 28, 28) if a.model.startswith("lenet") else (3, 32, 32)
    model = models.create(a.model, 10, shape)
    images, labels = torch.randn(a.batch, *shape), torch.randint(10, (a.batch,))
    parameters = list(model.parameters())
    optimizer = Xrda(parameters, 1e-6, 500.0, 9.5, 5e-4) if a.optimizer == "xrda" else Sgd(parameters)
    clock, processor = [], []
    warm_up = 3
    for _ in range(warm_up + a.steps):
        started, busy = time.perf_counter(), time.process_time()
        model.zero_grad(set_to_none=True)
        loss = nn.functional.cross_entropy(model(images), labels)
        loss.backward()
        loss.item()
        optimizer.step(0.5, 0.5)
        clock.append(time.perf_counter() - started)
        processor.append(time.process_time() - busy)
    print(json.dumps({
        "model": a.model,
        "parameters": sum(p.numel() for p in parameters),
        "medianMilliseconds": 1e3 * statistics.median(clock[warm_up:]),
        "medianProcessorMilliseconds": 1e3 * statistics.median(processor[warm_up:]),
        "peakBytes": peak_bytes(),
        "torch": torch.__version__,
    }))


main()
