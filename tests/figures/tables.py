"""How figures are printed: medians beside least and most, names left, figures right."""

import statistics
from collections.abc import Sequence


def columns(found: Sequence[tuple[float, ...]]) -> list[str]:
    """Median, and least to most, of each."""
    return [f"{statistics.median(each):6.2f} ({min(each):.2f} to {max(each):.2f})" for each in zip(*found, strict=True)]


def table(title: str, rows: Sequence[tuple[str, ...]]) -> None:
    """Names left, figures right."""
    print(f"\n{title}")
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *figures in rows:
        cells = (figure.rjust(width) for figure, width in zip(figures, widths[1:], strict=True))
        print("  " + "  ".join([name.ljust(widths[0]), *cells]), flush=True)
