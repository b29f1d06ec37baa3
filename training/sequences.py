"""Names as sequences of BIO labels: a conditional random field over the scores of the words, so that what it counts where
one label stands behind another is learned too, and decoding has no constant to choose."""

import torch
from torch import nn

import entities

NEVER = -1e4


class Sequences(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        labels = entities.LABELS
        self.steps = nn.Parameter(torch.zeros(len(labels), len(labels)))
        self.starts = nn.Parameter(torch.zeros(len(labels)))
        allowed = [[q[0] != "I" or p != "O" and p[2:] == q[2:] for q in labels] for p in labels]
        self.register_buffer("never", NEVER * (~torch.tensor(allowed)).float())
        self.register_buffer("never_first", NEVER * torch.tensor([p[0] == "I" for p in labels]).float())

    def loss(self, scores: torch.Tensor, gold: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
        """What all sequences weigh against those that fit the labels, a word. A word without a label (below 0) may have
        any."""
        count = len(scores)
        fits = torch.where((gold < 0)[..., None], 0.0, NEVER).expand(scores.shape).clone()
        fits.scatter_(2, gold.clamp_min(0)[..., None], 0.0)
        both, real = torch.cat([scores, scores + fits]), torch.cat([real, real])
        total = both[:, 0] + self.starts + self.never_first
        between = self.steps + self.never
        for t in range(1, both.shape[1]):
            step = torch.logsumexp(total[:, :, None] + between, 1) + both[:, t]
            total = torch.where(real[:, t, None], step, total)
        weight = torch.logsumexp(total, 1)
        return (weight[:count] - weight[count:]).sum() / real[:count].sum()

    def best(self, scores: torch.Tensor, real: torch.Tensor) -> list[list[int]]:
        """The best sequence of each sentence."""
        total = scores[:, 0] + self.starts + self.never_first
        between = self.steps + self.never
        back = []
        for t in range(1, scores.shape[1]):
            step, came = (total[:, :, None] + between).max(1)
            total = torch.where(real[:, t, None], step + scores[:, t], total)
            back.append(torch.where(real[:, t, None], came, torch.arange(total.shape[1], device=total.device)))
        at = total.argmax(1)
        out = [at]
        for came in reversed(back):
            at = came.gather(1, at[:, None])[:, 0]
            out.append(at)
        rows = torch.stack(out[::-1], 1).tolist()
        return [row[: int(n)] for row, n in zip(rows, real.sum(1))]
