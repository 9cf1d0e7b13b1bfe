"""What is taken out of pages and what they load, and that nothing else of them changes."""

from __future__ import annotations

import io
from importlib.resources import files

import pytest
from fontTools.ttLib import TTFont

from unicluster.pipeline.weight import light_css, light_font, light_page, light_svg

PAGE = """<head>
    <script src="_static/tables.js"></script>
    <script>window.MathJax = {"options": {}}</script>
    <script defer="defer" src="_static/mathjax/tex-chtml.js"></script>
    <!-- So that users can add custom icons -->
    <script defer src="_static/scripts/fontawesome.js?digest=5"></script>
    <script src="_static/searchtools.js"></script>
    <script src="searchindex.js"></script>
</head>
<p>Text</p>
"""
KEPT = '<head>\n    <script src="_static/tables.js"></script>'


class TestPage:
    def test_a_page_without_formulas_loads_neither_mathjax_nor_the_index(self):
        assert light_page(PAGE) == f"{KEPT}\n</head>\n<p>Text</p>\n"

    def test_the_page_of_results_keeps_the_index(self):
        assert "searchindex.js" in light_page(PAGE, searches=True)

    def test_a_page_with_formulas_keeps_mathjax_in_components(self):
        told = light_page(PAGE.replace("<p>", '<p class="math">'))
        assert 'src="_static/mathjax/startup.js"' in told and "window.MathJax = {" in told

    @pytest.mark.parametrize(
        "icon", ['<i class="fas fa-file">', '<i class="theme-switch fa-solid fa-sun  fa-lg" title="Light">']
    )
    def test_an_icon_is_not_read_aloud(self, icon):
        told = light_page(f"{icon}</i>")
        assert told == f'{icon[:-1]} aria-hidden="true"></i>' == light_page(told)

    def test_what_is_no_icon_is_read(self):
        assert light_page('<span class="factor false">x</span>') == '<span class="factor false">x</span>'

    def test_twice_is_once(self):
        assert light_page(light_page(PAGE)) == light_page(PAGE)


class TestCss:
    @pytest.mark.parametrize(
        "css, left",
        [
            (".a{x:1}.b{x:2}", ".a{x:1}"),
            (".b,.a{x:1}", ".b,.a{x:1}"),
            (".a .b{x:1}p{x:2}", "p{x:2}"),
            (".a:not(.b){x:1}", ".a:not(.b){x:1}"),
            (".a:is(.b,.c){x:1}", ".a:is(.b,.c){x:1}"),
            ("@media print{.b{x:1}}", ""),
            ("@media print{.a{x:1}.b{x:2}}", "@media print{.a{x:1}}"),
            ('@import "c.css";.b{x:1}', '@import "c.css";'),
            ("@font-face{src:url(a)}.b{x:1}", "@font-face{src:url(a)}"),
            ('.a{content:"}.b{"}.b{x:1}', '.a{content:"}.b{"}'),
            ("/* of .a {} */.b{x:1}", ""),
            (".tip-end{x:1}", ".tip-end{x:1}"),
            (".bs-tip{x:1}", ".bs-tip{x:1}"),
            (".a\\:hover{x:1}", ""),
        ],
    )
    def test_a_rule_stays_where_every_class_may_be_there(self, css, left):
        assert light_css(css, frozenset({"a", "tip-", "bs-", "--"})) == left


class TestSvg:
    DRAWING = """<?xml version="1.0"?>
<svg><metadata>x</metadata>
 <defs><style type="text/css">*{a: b}</style></defs>
 <g id="figure_1">
  <path id="m-0" d="M 1.23456 2
L 3 4.99999
z
" style="fill: #ffffff"/>
  <use xlink:href="#m-0" x="91.732077" y="1" style="fill: #222222"/>
  <g style="fill: #222222" transform="translate(80.804811 1) scale(0.001234 -0.09)"><use xlink:href="#m-0" transform="translate(8.375 0)"/></g>
  <g clip-path="url(#m-0)" style="fill: #222222"/>
 </g>
</svg>
"""  # noqa: E501

    def test_a_drawing_keeps_places_colours_and_references(self):
        assert light_svg(self.DRAWING) == (
            '<svg><defs><style type="text/css">*{a: b}.c0{fill: #222222}</style></defs><g>'
            '<path id="n0" d="M1.23 2L3 5z" style="fill: #ffffff"/><use href="#n0" x="91.73" y="1" class="c0"/>'
            '<g class="c0" transform="translate(80.8 1) scale(0.001234 -0.09)"><use href="#n0" x="8.4"/></g>'
            '<g clip-path="url(#n0)" class="c0"/></g></svg>\n'
        )

    def test_a_drawing_of_another_hand_is_left(self):
        assert light_svg("<svg>\n <text> two  words </text></svg>") == "<svg>\n <text> two  words </text></svg>"


def test_a_font_has_the_wanted_glyphs_and_is_the_same_twice():
    theme = files("pydata_sphinx_theme") / "theme" / "pydata_sphinx_theme" / "static"
    font = (theme / "vendor" / "fontawesome" / "webfonts" / "fa-solid-900.ttf").read_bytes()
    made = light_font(font, "\uf0c9")
    assert TTFont(io.BytesIO(made)).getBestCmap().keys() == {0xF0C9}
    assert made == light_font(font, "\uf0c9") and len(made) < 5_000
