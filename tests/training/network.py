"""The network that proposes where the page is, for training only: what runs in the product is its export.

A picture of 256 by 256 goes in, RGB from 0 to 1; at a quarter of its size 2 x 4 numbers come out for each place: the
page, and the page's corners, each on the 2 by 2 finer places (laid out by the reader, `kiosk.documents.network`). Few
channels where there are many places, separable kernels: 0.4 million weights, and some ten
milliseconds of one core.
"""

import torch
from torch import Tensor, nn

MAPS = 2


def joined(inside: int, outside: int, size: int, stride: int = 1, groups: int = 1) -> nn.Sequential:
    """A convolution, normalised, rectified."""
    return nn.Sequential(
        nn.Conv2d(inside, outside, size, stride, size // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outside),
        nn.ReLU(inplace=True),
    )


class Block(nn.Module):  # type: ignore[misc]
    """Look about in each channel, mix the channels, add to what was there."""

    def __init__(self, channels: int, size: int) -> None:
        super().__init__()
        self.look = joined(channels, channels, size, groups=channels)
        self.mix = nn.Sequential(nn.Conv2d(channels, channels, 1, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(x + self.mix(self.look(x)))


class Proposer(nn.Module):  # type: ignore[misc]
    """Page and corners from a picture (N, 3, 256, 256): logits (N, 8, 64, 64)."""

    def __init__(self) -> None:
        super().__init__()
        self.quarter = nn.Sequential(joined(3, 16, 3, 2), joined(16, 32, 3, 2), Block(32, 3))
        self.eighth = nn.Sequential(joined(32, 64, 3, 2), Block(64, 3), Block(64, 3))
        self.sixteenth = nn.Sequential(joined(64, 128, 3, 2), *(Block(128, 3) for _ in range(4)))
        self.deepest = nn.Sequential(
            joined(128, 128, 3, 2, groups=128), joined(128, 192, 1), *(Block(192, 3) for _ in range(4))
        )
        self.whole = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(192, 192, 1))
        self.ups = nn.ModuleList([nn.Conv2d(192, 128, 1), nn.Conv2d(128, 64, 1), nn.Conv2d(64, 32, 1)])
        self.refine = nn.ModuleList(
            [Block(128, 3), nn.Sequential(Block(64, 3), Block(64, 3)), nn.Sequential(Block(32, 3), Block(32, 3))]
        )
        self.head = nn.Conv2d(32, MAPS * 4, 1)

    def forward(self, picture: Tensor) -> Tensor:
        quarter = self.quarter(picture - 0.5)
        eighth = self.eighth(quarter)
        sixteenth = self.sixteenth(eighth)
        x = self.deepest(sixteenth)
        x = x * torch.sigmoid(self.whole(x))
        for up, refine, skip in zip(self.ups, self.refine, (sixteenth, eighth, quarter), strict=True):
            x = nn.functional.interpolate(up(x), scale_factor=2.0, mode="nearest") + skip
            x = refine(x)
        return self.head(x)
