#!/usr/bin/env python3
"""A network with single weights of zero at random places: planted_weights.py FILE.onnx NAME SHARE [SEED].

That share of the weights of every convolution and linear layer but the first is zero, evenly over the layer; norms are calibrated
on random images of 3 x 32 x 32 and folded into the convolutions. To measure what zeros without any pattern are worth.
"""
import sys

import torch

import models
from planted_zeros import calibrate_norms, layers_of

SHAPE = [3, 32, 32]


def plant(model, share, generator):
    for _, layer in layers_of(model)[1:]:
        zeros = torch.randperm(layer.weight.numel(), generator=generator)[: round(share * layer.weight.numel())]
        layer.weight.view(-1)[zeros] = 0


def main(path, name, share, seed=1):
    torch.manual_seed(seed)
    model = models.create(name, 10, SHAPE).eval()
    plant(model, share, torch.Generator().manual_seed(seed))
    calibrate_norms(model, False, torch.randn(8, *SHAPE))
    torch.onnx.export(
        model, torch.randn(2, *SHAPE), path, opset_version=13, input_names=["image"], output_names=["logits"],
        dynamic_axes={"image": {0: "batch"}, "logits": {0: "batch"}})


if __name__ == "__main__":
    torch.set_num_threads(1)
    with torch.no_grad():
        main(sys.argv[1], sys.argv[2], float(sys.argv[3]), *map(int, sys.argv[4:]))
