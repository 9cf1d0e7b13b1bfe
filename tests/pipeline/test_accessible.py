"""What is mended in the HTML of a page, and that nothing else of it changes."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from unicluster.pipeline.accessible import mended, named, spoken
from unicluster.pipeline.markup import rewrite


def test_a_bibliography_holds_no_roles_that_are_not_allowed():
    told = mended('<div role="list" class="citation-list"><div class="citation" role="doc-biblioentry">x</div></div>')
    assert told == '<div class="citation-list"><div class="citation">x</div></div>'


def test_a_switch_in_the_contents_has_a_name():
    switch = '<summary><span class="toctree-toggle"><i></i></span></summary>'
    assert named(switch).startswith('<summary aria-label="Chapters of this region"><span')
    assert named(named(switch, "ru"), "ru") == named(switch, "ru") != named(switch)
    assert named("<summary>Show</summary>") == "<summary>Show</summary>"


def test_passages_are_marked_by_the_letters_they_have():
    assert spoken("<p>On line 5: Досье заявки, глава 2. End</p>") == (
        '<p>On line 5: <span lang="ru">Досье заявки, глава</span> 2. End</p>'
    )
    assert spoken("<td>Қазақстан</td>") == '<td><span lang="kk">Қазақстан</span></td>'


def test_what_is_marked_and_what_cannot_be_is_left():
    for html in (
        '<p lang="ru">Досье</p>',
        '<p lang="kk"><em>Досье</em></p>',
        '<img alt="Досье">',
        '<script>const x = "Досье";</script>',
        "<!-- Досье --><title>Досье</title>",
        "<select><option>Досье</option></select>",
    ):
        assert spoken(html) == html


def test_the_language_of_the_page_is_not_that_of_a_passage():
    assert spoken('<html lang="en"><p>да</p></html>') == '<html lang="en"><p><span lang="ru">да</span></p></html>'


def test_marking_twice_is_marking_once():
    once = spoken("<p>Жаңаранда is Караганда</p>")
    assert spoken(once) == once


def test_text_after_a_stray_end_tag_is_still_seen_in_its_elements():
    seen = []
    rewrite("<p>a</b><em>b<br>c</em>d</p>e", lambda text, around: seen.append((text, len(around))) or text)
    assert seen == [("a", 1), ("b", 2), ("c", 2), ("d", 1), ("e", 0)]


@given(st.lists(st.sampled_from(["<p>", "</p>", "<br>", '<i lang="ru">', "</i>", "слово", " два", "x ", "<!--я-->"])))
def test_nothing_else_changes(pieces):
    html = "".join(pieces)
    assert re.sub(r'<span lang="(?:ru|kk)">(.*?)</span>', r"\1", spoken(html)) == html
