"""The chapter on the survey: its figures, its readings, and other regions' surveys with other questions."""

from __future__ import annotations

from itertools import pairwise

import nbformat
import pandas as pd
import pytest
from matplotlib.text import Text

from tests.figures.looking import cut, latin, overlapping
from unicluster import figures, paths, readings, regions, survey, tables
from unicluster.language import speaking

QUESTIONS, COUNTS = tables.load("survey_questions"), tables.load("survey_counts")

REGION = """\
region: elsewhere
name: {{en: Elsewhere, ru: Где-то, kk: Бір жерде}}
oblasts: [elsewhere]
universities: [{universities}]
currency: KZT
base_year: 2020
plan_year: 2024
price_basis: unknown
"""
QUESTION = "question,order,figure,title_en,title_ru,choice,choice_tag,scale,base,base_tag,residual,line,also,note\n"
ANSWER = (
    "question,option,order,label_en,label_ru,count,low,high,printed_percent,printed_decimals,"
    "term_ru,line,also,tag,note\n"
)
SCALE = (
    "trust,1,,Trust & openness_x,Доверие,single,stated,ordinal,40,stated,,1,,\n",
    "trust,low,1,Low *,Низкое,8,8,8,20,0,,1,,stated,\n"
    "trust,middle,2,Middle,Среднее,12,12,12,30,0,,1,,stated,\n"
    "trust,high,3,High,Высокое,20,20,20,50,0,,1,,stated,\n",
)
SEVERAL = (
    "tools,2,,Tools in use,Средства,multiple,stated,nominal,40,stated,,1,,\n",
    "tools,maps,1,Maps,Карты,25,25,25,,,,1,,stated,\ntools,surveys,2,Surveys,Опросы,30,30,30,,,,1,,stated,\n",
)
UNCOUNTED = (
    "future,3,,Future,Будущее,single,stated,ordinal,40,stated,,1,,\n",
    "future,worse,1,Worse,Хуже,,1,15,,,,1,,bounded,\nfuture,better,2,Better,Лучше,,21,39,,,,1,,bounded,\n",
)
SURVEYS = {
    "one scale": ("first, second", [SCALE]),
    "one university": ("first", [SCALE, SEVERAL]),
    "no university": ("", [SCALE]),
    "several answers only": ("first, second", [SEVERAL]),
    "bounds only": ("first, second, third", [UNCOUNTED]),
    "everything": ("first, second, third, fourth", [SCALE, SEVERAL, UNCOUNTED]),
}


@pytest.mark.parametrize(("universities", "parts"), SURVEYS.values(), ids=SURVEYS)
def test_the_chapter_runs_on_other_surveys(universities, parts, tmp_path, monkeypatch):
    folder = tmp_path / "regions" / "elsewhere"
    folder.mkdir(parents=True)
    (folder / "region.yml").write_text(REGION.format(universities=universities), encoding="utf-8")
    (folder / "survey_questions.csv").write_text(QUESTION + "".join(q for q, _ in parts), encoding="utf-8")
    (folder / "survey_counts.csv").write_text(ANSWER + "".join(a for _, a in parts), encoding="utf-8")
    monkeypatch.setattr(paths, "REGIONS", tmp_path / "regions")
    monkeypatch.setenv("UNICLUSTER_RESULTS", str(tmp_path / "results"))
    notebook = nbformat.read(paths.NOTEBOOKS / "survey.ipynb", as_version=4)
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    variables: dict = {}
    for place, source in enumerate(cells):
        exec(source, variables)
        if place == 0:
            variables |= {"region": "elsewhere", "draws": 20}
    results = tmp_path / "results" / "elsewhere" / "survey"
    drawn = {path.stem for path in results.glob("*.svg")}
    assert {"answers", "simultaneous", "comparisons", "overlaps", "associations", "power"} <= drawn
    assert all(len(path.read_text(encoding="utf-8")) > 60 for path in results.glob("*.figure.json"))
    assert pd.read_csv(results / "themes.csv").empty


def figures_of_the_chapter() -> dict[str, figures.style.Figure]:
    spreads, values = survey.synthetic_associations(QUESTIONS, COUNTS, list("abcde"), draws=50)
    chapter = figures.survey
    return {
        "answers": chapter.answers(
            survey.tabulate(QUESTIONS, COUNTS), survey.residuals(QUESTIONS, COUNTS), 0.95
        ),
        "simultaneous": chapter.simultaneous(survey.simultaneous_intervals(QUESTIONS, COUNTS), 0.95),
        "posteriors": chapter.posteriors(survey.posteriors(QUESTIONS, COUNTS), 0.95),
        "comparisons": chapter.comparisons(survey.compare_all_options(QUESTIONS, COUNTS), 0.95),
        "partial": chapter.partial(survey.partial_shares(QUESTIONS, COUNTS), 0.95, 0.05),
        "overlaps": chapter.overlaps(survey.item_overlaps(QUESTIONS, COUNTS)),
        "clustering": chapter.clustering(survey.clustering(69, 5, [0, 0.1, 0.2]), 69, 5),
        "associations": chapter.associations(survey.scale_associations(QUESTIONS, COUNTS), spreads, values),
        "power": chapter.power(survey.university_power([0.3, 0.6], 5, 14, 0.1)[1], 5, 0.1, 0.8),
    }  # fmt: skip


@pytest.fixture(scope="module")
def drawn():
    return figures_of_the_chapter()


@pytest.fixture(scope="module")
def in_russian():
    with speaking("ru", regions.names_in(regions.load_region("kazakhstan"), "ru")):
        return figures_of_the_chapter()


FROM_ROWS = {
    *("choices", "choices_by_group", "coder_agreement", "correlations", "effects", "likeness", "likert"),
    *("loadings", "marked", "missing", "odds_ratios", "parallel_slopes", "raked", "wild_draws"),
}
NAMES = [name for name in figures.survey.__all__ if name not in FROM_ROWS]


@pytest.mark.parametrize("name", NAMES)
class TestFigures:
    def test_words_say_what_is_drawn(self, drawn, name):
        figure = drawn[name]
        assert figure.caption.endswith(".") and len(figure.alt) > 60 and len(figure.data)
        assert "nan" not in figure.alt.split()

    def test_labels_of_rows_do_not_touch(self, drawn, name):
        figure = drawn[name]
        figure.svg()
        for axes in figure.canvas.axes:
            boxes = [label.get_window_extent() for label in axes.get_yticklabels() if label.get_text()]
            boxes = sorted((box for box in boxes if box.height), key=lambda box: box.y0)
            assert all(above.y0 >= below.y1 - 1 for below, above in pairwise(boxes))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_label_covers_another_or_is_cut(drawn, in_russian, language, name):
    figure = (drawn if language == "en" else in_russian)[name]
    assert overlapping(figure) == []
    assert cut(figure) == []
    assert not any(text.get_text().endswith("…") for text in figure.canvas.findobj(Text))


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_in_russian_says_nothing_in_english(drawn, in_russian, name):
    # The abbreviation of the intraclass correlation is the same in Russian.
    assert latin(in_russian[name], {"ICC"}) == []
    pd.testing.assert_frame_equal(in_russian[name].data, drawn[name].data)


def test_every_figure_of_the_chapter_is_tested(drawn):
    assert set(drawn) == set(NAMES)


def test_synthetic_respondents_are_called_so_in_picture_and_words(drawn):
    figure = drawn["associations"]
    assert "synthetic" in figure.caption and "synthetic" in figure.alt
    assert set(figure.data["tag"]) == {"synthetic"}
    assert "synthetic" in " ".join(text.get_text() for text in figure.canvas.legends[0].get_texts())


def test_differences_are_drawn_from_the_more_frequent_option(drawn):
    data = drawn["comparisons"].data.set_index(["more", "less"])
    assert (data["difference"] >= 0).all() and (data["low"] <= data["high"]).all()
    assert data.loc[("Medium", "Very low"), "difference"] == pytest.approx(100 * 37 / 69)


class TestReadings:
    def test_text_from_data_is_harmless(self):
        questions = QUESTIONS[QUESTIONS["question"].eq("activity")].assign(title_en="<script>*x*</script>")
        counts = COUNTS[COUNTS["question"].eq("activity")].assign(label_en=lambda t: t["label_en"] + " <b>")
        unknown = survey.partial_shares(questions, counts)
        told = readings.survey.partial(unknown, 0.95).markdown
        told += readings.survey.comparisons(survey.compare_all_options(questions, counts)).markdown
        told += readings.survey.posteriors(
            survey.posteriors(questions, counts), survey.upper_against_lower(questions, counts)
        ).markdown
        assert "\\<script\\>" in told and "<script>" not in told and " <b>" not in told

    def test_ignorance_is_told_from_chance(self):
        told = readings.survey.partial(survey.partial_shares(QUESTIONS, COUNTS), 0.95).markdown
        assert "34.8 to 43.5 %" in told and "63.8 to 72.5 %" in told

    def test_frail_differences_are_named(self):
        table = survey.compare_all_options(QUESTIONS, COUNTS)
        told = readings.survey.comparisons(table).markdown
        assert "Moderate and Stable" in told

    def test_the_finite_population_is_a_what_if_or_absent(self):
        table = survey.clustering(69, 5, [0, 0.1])
        assert "0.739" in readings.survey.clustering(table, 69, 5, 0.7385, 11, 0.0625).markdown
        assert "What if" not in readings.survey.clustering(table, 69, 5, None, None, 0.0625).markdown
