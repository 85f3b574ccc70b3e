#!/usr/bin/env python3
"""Moves weights between PyTorch and SparseHybrid, both ways and bit for bit, with nothing but torch:

    python3 samples/pytorch_weights.py runs/mine/model.safetensors mine.pt    for torch.load and load_state_dict
    python3 samples/pytorch_weights.py theirs.pt theirs.safetensors           for ./sparse train --weights

To read a trained model in a program of your own, the few lines of read_safetensors are enough.
"""
import json
import sys

import torch

TYPES = {
    "F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16,
    "I64": torch.int64, "I32": torch.int32, "I16": torch.int16, "I8": torch.int8, "U8": torch.uint8, "BOOL": torch.bool,
}


def read_safetensors(path):
    """The tensors of a file by name: a state_dict for load_state_dict."""
    data = bytearray(open(path, "rb").read())
    begin = 8 + int.from_bytes(data[:8], "little")
    entries = [item for item in json.loads(data[8:begin]).items() if item[0] != "__metadata__"]
    return {name: tensor(data, begin, entry).reshape(entry["shape"]) for name, entry in entries}


def tensor(data, begin, entry):
    start, end = (begin + offset for offset in entry["data_offsets"])
    kind = TYPES[entry["dtype"]]
    return torch.frombuffer(data[start:end], dtype=kind) if end > start else torch.empty(0, dtype=kind)


def write_safetensors(path, state):
    """Writes a state_dict."""
    codes = {kind: code for code, kind in TYPES.items()}
    header, blocks, end = {}, [], 0
    for name, values in state.items():
        block = bytes(values.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy())
        header[name] = {"dtype": codes[values.dtype], "shape": list(values.shape), "data_offsets": [end, end + len(block)]}
        blocks.append(block)
        end += len(block)
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text + b"".join(blocks))


def main(source, target):
    if source.endswith(".safetensors"):
        torch.save(read_safetensors(source), target)
    else:
        state = torch.load(source, map_location="cpu")
        write_safetensors(target, state.get("state_dict", state))  # many training scripts keep it under this name


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
