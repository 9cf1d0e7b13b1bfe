"""What a dossier shows: every number with tag and source, what is missing said, hostile text harmless."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from markdown_it import MarkdownIt

from tests.conftest import ROOT
from tests.dossier.conftest import HOSTILE, committed, memberships
from unicluster import dossier
from unicluster.dossier.words import TAGS


def cells(made: dossier.Dossier):
    return [
        cell
        for part in made.parts
        for block in part.blocks
        if isinstance(block, dossier.Table)
        for row in block.rows
        for cell in row
    ]


def as_number(text: str) -> float:
    return float(text.replace("\u202f", "").replace("−", "-").replace(",", "."))


def register_of(made: dossier.Dossier) -> dict[str, str]:
    [table] = [b for b in made.parts[-1].blocks if isinstance(b, dossier.Table) and b.name == "sources"]
    return {row[0].text: row[1].text for row in table.rows}


def test_every_number_has_a_tag_and_leads_to_the_cell_that_holds_it(article):
    files, looked_up = register_of(article), 0
    for cell in cells(article):
        if not cell.number:
            continue
        assert cell.tag in TAGS, cell
        place, column = cell.source.split(":")
        file, _, row = place.partition(".")
        path = files[file]
        if not path.startswith("build/results/") or not row:
            continue
        _build, _results, _region, chapter, name = path.split("/")
        with committed("", chapter, name).open(encoding="utf-8", newline="") as opened:
            value = float(list(csv.DictReader(opened))[int(row) - 1][column])
        digits = len(cell.text.partition("," if "," in cell.text else ".")[2])
        assert as_number(cell.text) == pytest.approx(value, abs=0.5001 * 10**-digits), cell
        looked_up += 1
    assert looked_up > 300


def test_no_digit_of_a_table_from_results_is_without_a_source(article):
    for part in article.parts[1:]:
        for block in part.blocks:
            if isinstance(block, dossier.Table) and block.name not in ("conditions", "sources"):
                for row in block.rows:
                    for cell in row:
                        assert cell.source or cell.open or not re.search(r"\d", cell.text), (block.name, cell)


def test_every_figure_has_sources_and_alternative_text(article):
    drawn = [block for part in article.parts for block in part.blocks if isinstance(block, dossier.Picture)]
    assert {picture.name for picture in drawn} >= {"members-figure", "slope-figure"}
    files = register_of(article)
    for picture in drawn:
        assert picture.tag in TAGS and picture.sources and set(picture.sources) <= set(files)
        assert picture.figure.alt.strip() and picture.figure.caption.strip()


def test_the_fourteen_parts_come_in_order(article):
    assert [part.number for part in article.parts] == [None, *range(14)]
    assert all(part.blocks for part in article.parts)


def test_what_is_missing_is_said_and_asked_for(bench):
    made, state = bench.build()
    said = " ".join(b.text for p in made.parts for b in p.blocks if isinstance(b, dossier.Text) and b.kind == "open")
    for take in dossier.load().takes:
        assert f"Its result is {take.chapter}/{take.result}." in said
    rows = {row["condition"]: row for row in csv.DictReader(io.StringIO(state))}
    assert rows["specialisation"]["state"] == "blocks submission"
    assert rows["survey"]["state"] == "open"  # a region's own survey is wanted, but does not block
    assert rows["field:cluster-name"]["state"] == "met"
    first = " ".join(
        cell.text for b in made.parts[0].blocks if isinstance(b, dossier.Table) for r in b.rows for cell in r
    )
    assert "Specialisation is measured" in first and "Version of the dossier" in first
    assert "Name of the cluster" not in first


def test_members_are_joined_with_what_the_applicant_filled_in(bench):
    bench.save("cluster_model", "memberships", memberships())
    made, _state = bench.build()
    [table] = [b for p in made.parts for b in p.blocks if isinstance(b, dossier.Table) and b.name == "members"]
    alpha, beta = table.rows
    at = table.headings.index("BIN")
    assert alpha[at].text == "123" and not alpha[at].open and alpha[at].source.endswith(".3:text_en")
    assert beta[at].open


def test_a_fictitious_region_says_so_and_all_of_it_is_synthetic(bench):
    bench.save("cluster_model", "memberships", memberships())
    made, state = bench.build(fictitious=True)
    assert "fictitious" in made.fictitious
    assert "real-region,0,The region exists,blocks submission" in state
    [table] = [b for p in made.parts for b in p.blocks if isinstance(b, dossier.Table) and b.name == "members"]
    assert {row[-1].text for row in table.rows} == {"synthetic"}


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.text = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


def test_hostile_names_are_harmless_on_the_page_and_in_print(bench):
    bench.save("cluster_model", "memberships", memberships(HOSTILE))
    made, _state = bench.build(name={"en": HOSTILE, "ru": HOSTILE})
    rendered = MarkdownIt("commonmark", {"html": True}).render(dossier.page(made, "", "dossier/"))
    for text in (rendered, dossier.printed(made)):
        reader = Reader()
        reader.feed(text)
        names = {tag for tag, _ in reader.tags}
        assert not names & {"script", "strong", "em", "iframe"}, names
        assert not any(key.startswith("on") for _tag, attrs in reader.tags for key in attrs)
        assert not any("javascript:" in (attrs.get("href") or "") for _tag, attrs in reader.tags)
        assert "\u202e" not in text and "⟨U+202E⟩abc" in text
        assert "<script>alert(1)</script> **b** $x$ {{y}}" in "".join(reader.text)


def test_no_cell_of_the_csv_is_a_formula(bench):
    roles = pd.DataFrame(
        {"oblast": ["=1+1"], "role": ["producer"], "named_by_law": [True], "members": [0], "at_most": [0]}
    )
    bench.save("cluster_model", "roles", roles.assign(by_text=0, by_guess=0, filled_by="nobody"))
    _made, state = bench.build()
    rows = list(csv.reader(io.StringIO(state)))
    assert any("=1+1" in cell for row in rows for cell in row)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row)


def test_a_column_that_a_result_has_not_is_refused_with_its_place(bench):
    bench.save("cluster_model", "memberships", memberships().drop(columns="role"))
    with pytest.raises(
        ValueError, match=r"dossier/columns.csv, column column: found 'role': .*cluster_model/memberships"
    ):
        bench.build()


def test_an_unknown_field_of_the_definition_is_refused():
    from unicluster import tables

    columns = tables.load("dossier_columns").assign(column="field:member-bim")
    with pytest.raises(ValueError, match="did you mean 'member-bin'"):
        dossier.load({"columns": columns})


def test_every_result_that_the_definition_names_has_a_notebook_and_every_figure_is_known():
    from unicluster.dossier.pictures import FIGURES

    for take in dossier.load().takes:
        assert (ROOT / "notebooks" / f"{take.chapter}.ipynb").is_file(), take.take
        if take.form == "figure":
            assert FIGURES[take.result][0] == take.chapter
        else:
            assert dossier.load().columns_of(take.take), take.take


def test_the_same_content_in_both_languages(bench):
    bench.save("cluster_model", "memberships", memberships())
    english, first = bench.build("en")
    russian, second = bench.build("ru")
    assert first == second
    places = [[(c.source or "").partition(":")[0] for c in cells(made)] for made in (english, russian)]
    assert places[0] == places[1]
    assert russian.title == "Досье заявки: Тестландия"
    assert not re.search("[А-я]", " ".join(cell.text for cell in cells(english)))
