#!/usr/bin/env python3
"""The PyTorch side of the test that weights move both ways: exchange_weights.py FOLDER.

FOLDER/models.json lists networks (name, width, classes, shape). For each, FOLDER/NAME.ours.safetensors is loaded, all names
and shapes having to fit, and FOLDER/NAME.logits.safetensors written; a fresh network with random weights and running
statistics goes to FOLDER/NAME.theirs.safetensors. Logits are of FOLDER/NAME.images.safetensors, in evaluation and in
training mode.
"""
import json
import sys

import torch

import models
import pytorch_weights  # samples/pytorch_weights.py, which the tests put beside this file

folder = sys.argv[1]
torch.set_num_threads(1)
torch.manual_seed(1)


def logits(model, images):
    with torch.no_grad():
        evaluated = model.eval()(images)
        return {"evaluation": evaluated, "training": model.train()(images)}


for entry in json.load(open(f"{folder}/models.json")):
    place = f"{folder}/{entry['name']}"
    images = pytorch_weights.read_safetensors(f"{place}.images.safetensors")["images"]
    model = models.create(entry["name"], entry["classes"], entry["shape"], entry["width"])
    model.load_state_dict(pytorch_weights.read_safetensors(f"{place}.ours.safetensors"), strict=True)
    results = {f"ours.{mode}": values for mode, values in logits(model, images).items()}

    model = models.create(entry["name"], entry["classes"], entry["shape"], entry["width"])
    with torch.no_grad():
        for name, tensor in model.named_buffers():
            if tensor.is_floating_point():
                tensor.uniform_(0.5, 1.5)
    pytorch_weights.write_safetensors(f"{place}.theirs.safetensors", model.state_dict())
    results.update({f"theirs.{mode}": values for mode, values in logits(model, images).items()})
    pytorch_weights.write_safetensors(f"{place}.logits.safetensors", results)
