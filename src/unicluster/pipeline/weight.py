"""What pages load, without what none of them uses. Pages read the same and weigh a quarter."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

SEARCH = re.compile(r'\s*<script src="[^"]*(?:searchtools|language_data|searchindex)\.js"></script>')
"""The theme loads the index of all words on every page; only the page of results reads it."""

ICONS = re.compile(r"\s*(?:<!-- So that users can add custom icons -->\s*)?<script [^>]*fontawesome\.js[^>]*></script>")
"""It draws each icon of the theme anew, which the theme's font draws already, and holds two thousand others."""

ICON = re.compile(r'(<(?:i|span) class="(?:[\w-]+ )*fa[srb]?[ -][^"]*"(?![^>]*aria-hidden)[^>]*)>')
"""A letter of the font of icons, which is not to be read aloud."""

MATHS = re.compile(r"\s*<script>window\.MathJax = [^\n]*</script>|\s*<script [^>]*mathjax/[^>]*></script>")
COMBINED, COMPONENTS = "mathjax/tex-chtml.js", "mathjax/startup.js"
"""MathJax in one file with its menu, and the file that loads the components that `_config.yml` names."""

FONT = "vendor/fontawesome/webfonts/fa-solid-900.ttf"
PACKED = re.compile(r'url\([^)]*fa-solid-900\.woff2\) format\("woff2"\),')
CODE = re.compile(r"(\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|/\*.*?\*/)|([{};])", re.DOTALL)
CLASS = re.compile(r"\.(-?[A-Za-z_](?:[\w-]|\\.)*)")
SELECTOR = re.compile(r",(?![^(]*\))")
WORD = re.compile(r"[\w-]+")
NUMBER = re.compile(r"-?\d+\.\d{3,}")
PLACED = re.compile(r'(?<= )((?:d|x|y|points|transform)=")([^"]*)"')
REFERENCE = re.compile(r'(?:(?<=href="#)|(?<=url\(#))([\w-]+)')
DRAWN = '<g id="figure_1">'


def light_page(html: str, searches: bool = False) -> str:
    """The HTML of a page without scripts that have nothing to do on it.

    Parameters
    ----------
    html : str
    searches : bool
        Whether it is the page that shows the results of a search.
    """
    html = ICONS.sub("", html).replace(COMBINED, COMPONENTS)
    html = ICON.sub(r'\1 aria-hidden="true">', html)
    if not searches:
        html = SEARCH.sub("", html)
    return html if 'class="math' in html else MATHS.sub("", html)


def light_svg(svg: str) -> str:
    """A figure of matplotlib in half the bytes; any other drawing as it is.

    Without metadata, white space and names that nothing refers to; places to a hundredth of a point, letters to a
    tenth of a hundredth of their height; a style that comes often is written once.
    """
    if DRAWN not in svg:
        return svg
    svg = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r">\s+<", "><", svg).strip().replace("xlink:href", "href")
    svg = re.sub(r'(<use href="[^"]*") transform="translate\(([-\d.]+)(?: 0)?\)"', _letter, svg)
    svg = PLACED.sub(lambda told: f'{told[1]}{_places(told[2])}"', svg)
    names = {name: f"n{number}" for number, name in enumerate(dict.fromkeys(REFERENCE.findall(svg)))}
    svg = re.sub(r' id="([^"]*)"', lambda told: f' id="{names[told[1]]}"' if told[1] in names else "", svg)
    svg = REFERENCE.sub(lambda told: names[told[1]], svg)
    return _styled(svg) + "\n"


def _letter(told: re.Match[str]) -> str:
    return f'{told[1]} x="{float(told[2]):.1f}"'.replace('.0"', '"')


def _styled(svg: str) -> str:
    styles = Counter(re.findall(r' style="([^"]*)"', svg))
    classes = {style: f"c{number}" for number, style in enumerate(one for one, times in styles.items() if times > 2)}
    sheet = "".join(f".{name}{{{style}}}" for style, name in classes.items())
    svg = re.sub(
        r' style="([^"]*)"', lambda told: f' class="{classes[told[1]]}"' if told[1] in classes else told[0], svg
    )
    return svg.replace("</style>", f"{sheet}</style>", 1)


def _places(text: str) -> str:
    if "scale(" in text:
        # A scale of a thousandth may stretch a letter to any size.
        return re.sub(r"translate\([^)]*\)", lambda told: NUMBER.sub(_rounded, told[0]), text)
    text = re.sub(r"\s*\n\s*|(?<=[A-Za-z]) (?=[-\d])", "", NUMBER.sub(_rounded, text))
    return text.strip()


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


def light_css(css: str, words: frozenset[str]) -> str:
    """A style sheet without the rules for classes that no page and no script names.

    Parameters
    ----------
    css : str
    words : frozenset of str
        Everything in pages and scripts that may be the name of a class, or its beginning where a script adds to it.
    """
    beginnings = tuple(word for word in words if word.endswith("-") and len(word) > 2)
    return "".join(_kept(_blocks(css), words, beginnings))


def _blocks(css: str) -> Iterator[tuple[str, str | None]]:
    """What stands before each pair of outer braces and what stands between them, None for a statement without any."""
    depth, start, opened = 0, 0, 0
    for found in CODE.finditer(css):
        mark = found[2]
        if mark == "{":
            depth += 1
            if depth == 1:
                opened = found.start()
        elif mark == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened], css[opened + 1 : found.start()]
                start = found.end()
        elif mark == ";" and depth == 0:
            yield css[start : found.end()], None
            start = found.end()
    if css[start:].strip():
        yield css[start:], None


def _kept(
    blocks: Iterable[tuple[str, str | None]], words: frozenset[str], beginnings: tuple[str, ...]
) -> Iterator[str]:
    for before, inner in blocks:
        prelude = re.sub(r"/\*(?!!).*?\*/", "", before, flags=re.DOTALL)
        plain = re.sub(r"/\*.*?\*/", "", before, flags=re.DOTALL).strip()
        if inner is None:
            yield prelude
        elif plain.startswith(("@media", "@supports")):
            told = "".join(_kept(_blocks(inner), words, beginnings))
            if told.strip():
                yield f"{prelude}{{{told}}}"
        elif plain.startswith("@") or any(_used(one, words, beginnings) for one in SELECTOR.split(plain)):
            yield f"{prelude}{{{inner}}}"


def _used(selector: str, words: frozenset[str], beginnings: tuple[str, ...]) -> bool:
    while "(" in selector:
        inside = re.sub(r"\([^()]*\)", "", selector)
        if inside == selector:
            break
        selector = inside
    names = (name.replace("\\", "") for name in CLASS.findall(selector))
    return all(name in words or name.startswith(beginnings) for name in names)


def light_font(font: bytes, characters: str) -> bytes:
    """A font with the glyphs of these characters alone, the same bytes for the same glyphs."""
    # Imported only where a book is built: it takes a while.
    from fontTools import subset
    from fontTools.ttLib import TTFont

    opened = TTFont(io.BytesIO(font), recalcTimestamp=False)
    options = subset.Options(layout_features=[], name_IDs=["*"], notdef_outline=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(opened)
    kept = io.BytesIO()
    opened.save(kept)
    return kept.getvalue()


def lighten(html: Path) -> None:
    """Make a finished book lighter.

    Parameters
    ----------
    html : Path
        Folder of the book; pages, style sheets, the font of icons and figures are changed in place.
    """
    static = html / "_static"
    words: set[str] = set()
    for page in sorted(html.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        told = light_page(text, page.name == "search.html")
        words.update(WORD.findall(told))
        _write(page, told)
    for script in (*static.glob("*.js"), *static.glob("scripts/*.js"), *html.glob("fcm_lab/*.js")):
        if script.name != "fontawesome.js":
            words.update(WORD.findall(script.read_text(encoding="utf-8")))
    sheets = {file: file.read_text(encoding="utf-8") for file in sorted(static.rglob("*.css"))}
    sheets = {file: light_css(text, frozenset(words)) for file, text in sheets.items()}
    if (static / FONT).is_file():
        drawn = "".join(re.findall("[\ue000-\uf8ff]", "".join(sheets.values())))
        drawn += "".join(chr(int(one, 16)) for one in re.findall(r"\\([ef][0-9a-f]{3})\b", "".join(sheets.values())))
        (static / FONT).write_bytes(light_font((static / FONT).read_bytes(), drawn))
    for file, text in sheets.items():
        _write(file, PACKED.sub("", text))
    for figure in html.glob("_images/*.svg"):
        _write(figure, light_svg(figure.read_text(encoding="utf-8")))
    for unread in (
        *static.rglob("*.map"),
        static / "scripts" / "fontawesome.js",
        static / FONT.replace(".ttf", ".woff2"),
    ):
        unread.unlink(missing_ok=True)


def _write(file: Path, text: str) -> None:
    if file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8", newline="\n")
