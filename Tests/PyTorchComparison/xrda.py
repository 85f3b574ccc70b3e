"""xRDA with adaptively weighted l1 in PyTorch eager mode, as plain tensor operations, written from arXiv 2008.09661."""
import math

import torch


class Xrda:
    def __init__(self, parameters, strength, maximum_factor, time_scale, decay):
        self.strength, self.factor, self.time_scale, self.decay = strength, maximum_factor, time_scale, decay
        self.states = [
            (p, torch.zeros_like(p), p.detach().clone(), torch.zeros_like(p), torch.zeros_like(p)) for p in parameters
        ]

    @torch.no_grad()
    def step(self, size, averaging):
        kept = math.exp(-size / self.time_scale)
        for x, velocity, forward, backward, average in self.states:
            gradient = x.grad.add(x, alpha=self.decay)
            velocity.mul_(kept).add_(gradient, alpha=1 - kept)
            forward.mul_(averaging).add_(x, alpha=1 - averaging).add_(velocity, alpha=-size)
            if x.dim() < 2:
                x.copy_(forward)
                continue
            average.mul_(kept).add_(x.abs(), alpha=1 - kept)
            weight = self.factor / (1 + (self.factor - 1) * average / average.max())
            backward.mul_(averaging).add_(weight, alpha=size)
            threshold = backward * self.strength
            x.copy_(forward.sign() * (forward.abs() - threshold).clamp_min(0))
