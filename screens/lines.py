"""Lines of letters as pixels, kept while they may be needed again."""

import pygame

from screens.fonts import Fonts
from screens.look import ASCENT, Colour, Face
from screens.surfaces import LINES_BYTES, Surfaces


class Lines:
    """Rendered lines by text, face, size and colour."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._rendered: Surfaces[tuple[str, Face, int, Colour]] = Surfaces(LINES_BYTES)

    @property
    def kept(self) -> int:
        """Bytes."""
        return self._rendered.held

    def forget(self) -> None:
        """All of them: they hold the visitor's words."""
        self._rendered.forget()

    def line(self, text: str, face: Face, size: int, colour: Colour) -> pygame.Surface:
        """A surface as wide as its letters, on transparent ground."""
        key = (text, face, size, colour)
        return self._rendered.find(key) or self._rendered.keep(key, self._render(*key))

    def _render(self, text: str, face: Face, size: int, colour: Colour) -> pygame.Surface:
        """One line; runs of other faces stand on the same baseline."""
        drawn = []
        for run in self._fonts.runs(text, face):
            font = self._fonts.font(run.file, size)
            drawn.append((_underscored(font, run.text, colour), font.get_ascent()))
        if len(drawn) == 1:
            return drawn[0][0]
        height = round(size * 1.15)
        ascent = round(size * ASCENT) + (height - size) // 2  # where it is in a line of one face, which is `size` high
        line = pygame.Surface((sum(s.get_width() for s, _ in drawn) or 1, height), pygame.SRCALPHA)
        x = 0
        for part, above in drawn:
            line.blit(part, (x, ascent - above))
            x += part.get_width()
        return line


def _underscored(font: pygame.font.Font, text: str, colour: Colour) -> pygame.Surface:
    """A rendered run. Its surface ends where these faces have their underscore, so that one is drawn by hand."""
    line = font.render(text, True, colour)
    thick = max(2, line.get_height() // 16)
    for i, character in enumerate(text):
        if character == "_":
            left, w = font.size(text[:i])[0], font.size("_")[0]
            pygame.draw.rect(line, colour, (left + 1, line.get_height() - thick, w - 2, thick))
    return line
