"""Which pages are one paper, and in which order: a page that joins belongs to the paper of the page before it.

Whether a place joins belongs to the place, not to the page: where two pages exchange places, the papers keep their
numbers of pages.
"""

from collections.abc import Sequence
from dataclasses import replace

from kiosk.visit import Box, Page

Pages = tuple[Page, ...]


def files(pages: Sequence[Page]) -> tuple[Pages, ...]:
    """The papers, each with its pages."""
    papers: list[Pages] = []
    for page in pages:
        if page.joins and papers:
            papers[-1] = (*papers[-1], page)
        else:
            papers.append((page,))
    return tuple(papers)


def ordinals(pages: Sequence[Page]) -> tuple[tuple[int, int], ...]:
    """For every page: which paper, and which page of it, both from 1."""
    return tuple((paper, leaf) for paper, each in enumerate(files(pages), 1) for leaf, _ in enumerate(each, 1))


def exchanged(pages: Pages, first: int, second: int) -> Pages:
    """Two pages in each other's place."""
    order = list(pages)
    order[first], order[second] = order[second], order[first]
    return tuple(replace(page, joins=place.joins) for page, place in zip(order, pages, strict=True))


def without(pages: Pages, index: int) -> Pages:
    """One page taken out; where it began a paper, the next page of that paper begins it."""
    rest = list(pages[:index] + pages[index + 1 :])
    if index < len(rest) and not pages[index].joins:
        rest[index] = replace(rest[index], joins=False)
    return tuple(rest)


def with_page(pages: Pages, page: Page, into: int | None) -> Pages:
    """A page in the place `into`, which keeps whether it joins, or as the last one."""
    if into is None:
        return (*pages, page)
    return (*pages[:into], replace(page, joins=pages[into].joins), *pages[into + 1 :])


def turned(box: Box, quarters: int) -> Box:
    """Where it is when its page has been turned clockwise."""
    for _ in range(quarters % 4):
        box = Box(1 - box.bottom, box.left, 1 - box.top, box.right)
    return box
