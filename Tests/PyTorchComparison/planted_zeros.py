#!/usr/bin/env python3
"""Networks with whole filters of zeros, written by torch.onnx.export: planted_zeros.py FOLDER.

FOLDER/requests.json is a list of {file, name, classes, shape, width, share, seed, fused, constants}: in every convolution and hidden
linear layer of network NAME that share of the filters is zero. FOLDER/FILE.onnx is the export (fused: batch norms folded into
the convolutions, as PyTorch does by default), FOLDER/FILE.json what a count by hand leaves: "layers", the [outputs, inputs per
group] of each layer in the order in which they run, and the number of "parameters". The batch norm behind a zero filter lets
the ReLU erase the channel, unless "constants" asks for shifts of both signs; the count is for erased channels.
"""
import json
import sys

import torch
from torch import nn

import models


def layers_of(model):
    return [(name, part) for name, part in model.named_modules() if isinstance(part, (nn.Conv2d, nn.Linear))]


def norms_of(model):
    return [part for part in model.modules() if isinstance(part, nn.BatchNorm2d)]


def calibrate_norms(model, constants, images):
    """Random affine entries that erase a channel of zeros, and the running statistics of some images, so that signals live on."""
    for norm in norms_of(model):
        norm.weight.uniform_(0.5, 1.5)
        norm.bias.uniform_(-0.3, 0.3 if constants else 0.0)
        norm.momentum = 1.0
    model.train()(images)
    model.eval()


def plant(model, share, generator):
    """Zeroes that share of the filters of every layer but the last; the alive ones as {layer: [bool]}.

    The filters of a depthwise convolution are zero where those before it are, and in an eighth of that share elsewhere.
    """
    alive, keeps = {}, None
    layers = layers_of(model)
    for name, layer in layers:
        outputs = layer.weight.shape[0]
        is_depthwise = getattr(layer, "groups", 1) > 1
        before, keeps = keeps, torch.ones(outputs, dtype=torch.bool)
        if layer is not layers[-1][1]:
            zeros = round(share * outputs / (8 if is_depthwise else 1))
            keeps[torch.randperm(outputs, generator=generator)[: min(outputs - 1, zeros)]] = False
            keeps = keeps & before if is_depthwise and (keeps & before).any() else before if is_depthwise else keeps
            layer.weight[~keeps] = 0
            if layer.bias is not None:
                layer.bias[~keeps] = 0
        alive[name] = keeps
    return alive


def count_chain(model, alive):
    """Plain networks: a layer reads what the one before it left alive, times the pixels that are flattened between them."""
    sizes, before = {}, None
    for name, layer in layers_of(model):
        inputs = layer.weight.shape[1]
        run = 1 if before is None else inputs // len(before)
        sizes[name] = (alive[name].sum().item(), inputs if before is None else before.sum().item() * run)
        before = alive[name]
    return sizes


def count_separable(model, alive):
    """MobileNet: a channel of a depthwise convolution lives if its filter and the channel that it reads do."""
    sizes, channels = {}, alive["conv1"]
    before, image = "conv1", model.conv1.weight.shape[1]
    for index in range(len(model.layers)):
        depthwise, pointwise = f"layers.{index}.conv1", f"layers.{index}.conv2"
        channels = channels & alive[depthwise]
        sizes[before] = (channels.sum().item(), image)
        sizes[depthwise] = (channels.sum().item(), 1)
        before, image, channels = pointwise, channels.sum().item(), alive[pointwise]
    sizes[before] = (channels.sum().item(), image)
    sizes["linear"] = (model.linear.weight.shape[0], channels.sum().item())
    return sizes


def count_residual(model, alive):
    """ResNets: a channel of a stage's trunk lives if any of the branches that are added up in it does."""
    sizes, trunk, writers, image = {}, alive["conv1"], ["conv1"], model.conv1.weight.shape[1]
    inputs_of = {"conv1": image}
    readers = []

    def close():
        for name in writers:
            sizes[name] = (trunk.sum().item(), inputs_of[name])
        for name in readers:
            inputs_of[name] = trunk.sum().item()

    for stage in range(1, model.stages + 1):
        for index, block in enumerate(getattr(model, f"layer{stage}")):
            path = f"layer{stage}.{index}"
            if hasattr(block, "downsample"):  # a new trunk begins
                projection = not isinstance(block.downsample, models.Padding)
                readers += [f"{path}.conv1"] + ([f"{path}.downsample.0"] if projection else [])
                close()
                old, trunk = trunk, alive[f"{path}.conv2"].clone()
                writers, opened = [f"{path}.conv2"], [f"{path}.conv1"]
                readers = []
                if projection:
                    trunk |= alive[f"{path}.downsample.0"]
                    writers.append(f"{path}.downsample.0")
                else:
                    trunk[block.downsample.before : block.downsample.before + len(old)] |= old
            else:
                trunk = trunk | alive[f"{path}.conv2"]
                writers.append(f"{path}.conv2")
                readers.append(f"{path}.conv1")
            inputs_of[f"{path}.conv2"] = alive[f"{path}.conv1"].sum().item()
    close()
    for stage in range(1, model.stages + 1):
        for index, _ in enumerate(getattr(model, f"layer{stage}")):
            name = f"layer{stage}.{index}.conv1"
            sizes[name] = (alive[name].sum().item(), inputs_of[name])
    sizes[model.head] = (alive[model.head].sum().item(), trunk.sum().item())
    return sizes


def count_dense(model, alive):
    """DenseNets: every layer reads all that the layers before it, since the last transition, left alive."""
    channels = alive["conv1"].sum().item()
    sizes = {"conv1": (channels, model.conv1.weight.shape[1])}
    for block in (1, 2, 3):
        for index in range(len(getattr(model, f"dense{block}"))):
            name = f"dense{block}.{index}.conv1"
            sizes[name] = (alive[name].sum().item(), channels)
            channels += sizes[name][0]
        if block < 3:
            name = f"trans{block}.conv1"
            sizes[name] = (alive[name].sum().item(), channels)
            channels = sizes[name][0]
    sizes["fc"] = (model.fc.weight.shape[0], channels)
    return sizes


COUNTS = {
    models.MobileNet: count_separable, models.ResNet: count_residual, models.DenseNet: count_dense,
}


def running_order(model, image):
    order = []
    hooks = [part.register_forward_hook(lambda *_, name=name: order.append(name)) for name, part in layers_of(model)]
    model(image)
    for hook in hooks:
        hook.remove()
    return order


def parameters(model, sizes, fused):
    """Weights and biases of the layers; a batch norm that is folded gives its convolution a bias (in DenseNets it comes first)."""
    total, folds = 0, fused and not isinstance(model, models.DenseNet)
    for name, layer in layers_of(model):
        outputs, inputs = sizes[name]
        kernel = layer.weight[0, 0].numel()
        total += outputs * inputs * kernel + (outputs if layer.bias is not None or folds else 0)
    return total


def write(folder, request):
    generator = torch.Generator().manual_seed(request["seed"])
    torch.manual_seed(request["seed"])
    model = models.create(request["name"], request["classes"], request["shape"], request["width"]).eval()
    alive = plant(model, request["share"], generator)
    calibrate_norms(model, request["constants"], torch.randn(8, *request["shape"]))
    sizes = COUNTS.get(type(model), count_chain)(model, alive)
    image = torch.randn(2, *request["shape"])
    order = running_order(model, image)
    fused = request["fused"]
    torch.onnx.export(
        model, image, f"{folder}/{request['file']}.onnx", opset_version=request.get("opset", 13), input_names=["image"], output_names=["logits"],
        dynamic_axes={"image": {0: "batch"}, "logits": {0: "batch"}},
        training=torch.onnx.TrainingMode.EVAL if fused else torch.onnx.TrainingMode.PRESERVE)
    counted = {"layers": [sizes[name] for name in order], "parameters": parameters(model, sizes, fused)}
    with open(f"{folder}/{request['file']}.json", "w") as file:
        json.dump(counted, file)


if __name__ == "__main__":
    torch.set_num_threads(1)
    with torch.no_grad():
        for one in json.load(open(f"{sys.argv[1]}/requests.json")):
            write(sys.argv[1], one)
