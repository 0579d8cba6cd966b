"""`make gallery`: one page with all views, for people. Every language, text size, panel and theme; with the controls
low at the usual size. One failure stands for all but in the usual theme, where each has its picture.

The page needs no network and no server: pictures lie beside it and are named by what they show, the choices at the top
only change the names that it asks for. Pictures are WebP, half as wide as the glass; a click opens one alone.

    python -m tests.screens.gallery [FOLDER]
"""

import html
import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path

from PIL import Image

from kiosk.views import TroubleView
from kiosk.visit import Language, TextSize
from screens.nodes import scroller
from tests.screens.checks import parts
from tests.screens.glasses import look, panels
from tests.screens.golden import kept_scenes
from tests.screens.painting import painted

OUT = Path("out/gallery")
SHRUNK = 2
Glass = tuple[str, Language, TextSize, str]
THEMES = ("normal", "contrast", "low")
"""Usual; white on black; the controls low."""


def folder(glass: Glass) -> str:
    panel, language, size, theme = glass
    return f"{panel}_{language.value}_{size.name.lower()}_{theme}"


def paint_glass(out: Path, glass: Glass) -> dict[str, int]:
    """All scenes on one glass, part by part where they scroll: how many parts each has."""
    panel, language, size, theme = glass
    how = look(panel, language, size, high_contrast=theme == "contrast", controls_low=theme == "low")
    place = out / folder(glass)
    place.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    for called, scene in kept_scenes():
        if (
            theme != "normal"
            and isinstance(scene.view, TroubleView)
            and any(other.startswith("troubleview") for other in counts)
        ):
            continue
        for part, tree in enumerate(parts(scene, how)):
            if part and scroller(tree) is not None and part > 3:
                break  # a long document goes on alike
            image = Image.fromarray(painted(scene, how, tree))
            image.reduce(SHRUNK).save(place / f"{called}.{part}.webp", quality=60, method=2)
            counts[called] = part + 1
    return counts


def page(counts: dict[str, dict[str, int]]) -> str:
    """The whole page as text."""
    choices = {
        "panel": list(panels()),
        "language": [language.value for language in Language],
        "size": [size.name.lower() for size in TextSize],
        "theme": list(THEMES),
    }
    usual = {"panel": "10.1-landscape", "language": "ja", "size": "normal", "theme": "normal"}
    fields = "".join(
        f"<fieldset><legend>{html.escape(part)}</legend>"
        + "".join(
            f'<label><input type="radio" name="{part}" value="{value}"{" checked" if value == usual[part] else ""}>'
            f"{html.escape(value)}</label>"
            for value in values
        )
        + "</fieldset>"
        for part, values in choices.items()
    )
    return PAGE.replace("FIELDS", fields).replace("COUNTS", json.dumps(counts))


PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Screens</title>
<style>
body { font: 16px/1.5 sans-serif; margin: 0; background: #e8e9ee; color: #1a1a1c }
form { position: sticky; top: 0; background: #fff; padding: 8px 16px; display: flex; flex-wrap: wrap; gap: 12px }
fieldset { border: 1px solid #868b9f; border-radius: 6px } label { margin-right: 10px }
main { display: grid; gap: 16px; padding: 16px; grid-template-columns: repeat(auto-fill, minmax(420px, 1fr)) }
figure { margin: 0 } img { width: 100%; display: block; background: #fff } figcaption { font-size: 14px }
</style>
<form>FIELDS<fieldset><legend>name</legend><input type="search" name="name" size="24"></fieldset></form>
<main></main>
<script>
const counts = COUNTS, form = document.forms[0], main = document.querySelector("main");
function show() {
  const chosen = Object.fromEntries(new FormData(form));
  const folder = [chosen.panel, chosen.language, chosen.size, chosen.theme].join("_");
  main.replaceChildren();
  for (const [name, parts] of Object.entries(counts[folder] || {})) {
    if (!name.includes(chosen.name.toLowerCase())) continue;
    for (let part = 0; part < parts; part++) {
      const figure = document.createElement("figure"), link = document.createElement("a");
      const image = document.createElement("img"), caption = document.createElement("figcaption");
      link.href = image.src = folder + "/" + name + "." + part + ".webp";
      image.loading = "lazy"; image.alt = name;
      caption.textContent = name + (parts > 1 ? " (" + (part + 1) + "/" + parts + ")" : "");
      link.append(image); figure.append(link, caption); main.append(figure);
    }
  }
}
form.addEventListener("input", show); form.addEventListener("submit", event => event.preventDefault()); show();
</script></html>
"""


def main(out: Path) -> int:
    """All glasses, on all cores."""
    every = product(panels(), Language, TextSize, THEMES)
    glasses = [glass for glass in every if glass[3] != "low" or glass[2] is TextSize.NORMAL]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        counts = dict(zip(map(folder, glasses), pool.map(paint_glass, [out] * len(glasses), glasses), strict=True))
    (out / "index.html").write_text(page(counts), encoding="utf-8")
    sys.stdout.write(f"{out / 'index.html'}\n")
    return 0


if __name__ == "__main__":
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT))
