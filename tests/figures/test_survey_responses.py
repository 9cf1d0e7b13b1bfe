"""The chapter on respondents' rows: its figures and readings, and other regions' rows with other questions."""

from __future__ import annotations

import json
from itertools import pairwise

import nbformat
import pandas as pd
import pytest
from matplotlib.text import Text

from tests.figures.looking import cut, latin, overlapping, words
from tests.figures.test_survey import FROM_ROWS, REGION
from unicluster import figures, paths, readings
from unicluster.language import speaking
from unicluster.regions import load_region, names_in
from unicluster.survey import respondents

CODES = {"98": "does not know", "99": "refused"}
QUESTION = "question,order,title_en,title_ru,choice,choice_tag,scale,base,base_tag\n"
OPTION = "question,option,order,label_en,label_ru,low,high,tag\n"
TRUST = (
    "trust,1,Trust & openness_x,Доверие,single,stated,ordinal,12,stated\n",
    "trust,low,1,Low *,Низкое,0,12,stated\ntrust,middle,2,Middle,Среднее,0,12,stated\n"
    "trust,high,3,<b>High</b>,Высокое,0,12,stated\n".replace("<b>High</b>", "High"),
    ["low", "middle", "high", "", "low", "high", "middle", "middle", "high", "low", "low", "high"],
)
EQUAL = (*TRUST[:2], ["high"] * 12)
POST = (
    "post,2,Post,Должность,single,stated,nominal,12,stated\n",
    "post,teacher,1,Teacher,Преподаватель,0,12,stated\npost,manager,2,Manager,Руководитель,0,12,stated\n",
    ["teacher", "manager", "manager", "teacher"] * 3,
)
TOOLS = (
    "tools,3,Tools,Средства,multiple,stated,nominal,12,stated\n",
    "tools,maps,1,Maps,Карты,0,12,stated\ntools,plans,2,Plans,Планы,0,12,stated\n",
    ["maps", "maps;plans", "", "plans", "maps", "maps"] * 2,
)
SURVEYS = {
    "one question, all answers equal": (["first", "second"], {"trust": EQUAL}),
    "one university": (["first"], {"trust": TRUST, "post": POST}),
    "several answers only": (["first", "second"], {"tools": TOOLS}),
    "nominal only": (["first", "second"], {"post": POST}),
    "a small survey": (["first", "second", "third"], {"trust": TRUST, "post": POST, "tools": TOOLS}),
}


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(("universities", "parts"), SURVEYS.values(), ids=SURVEYS)
def test_the_chapter_runs_on_other_rows(universities, parts, language, tmp_path, monkeypatch):
    folder = tmp_path / "regions" / "elsewhere"
    folder.mkdir(parents=True)
    (folder / "region.yml").write_text(REGION.format(universities=", ".join(universities)), encoding="utf-8")
    (folder / "survey_questions.csv").write_text(QUESTION + "".join(p[0] for p in parts.values()), encoding="utf-8")
    (folder / "survey_counts.csv").write_text(OPTION + "".join(p[1] for p in parts.values()), encoding="utf-8")
    rows = pd.DataFrame({name: answers for name, (_, _, answers) in parts.items()})
    rows.insert(0, "university", (universities * 12)[:12])
    rows.insert(0, "respondent", range(12))
    rows.to_csv(folder / "survey_responses.csv", index=False)
    monkeypatch.setattr(paths, "REGIONS", tmp_path / "regions")
    monkeypatch.setenv("UNICLUSTER_RESULTS", str(tmp_path / "results"))
    notebook = nbformat.read(paths.NOTEBOOKS / "survey_responses.ipynb", as_version=4)
    variables: dict = {}
    with speaking("en"):
        for place, cell in enumerate(cell for cell in notebook.cells if cell.cell_type == "code"):
            exec(cell.source, variables)
            if place == 0:
                variables |= {"region": "elsewhere", "draws": 99, "language": language}
    results = tmp_path / "results" / "elsewhere" / "survey_responses"
    assert len(list(results.glob("*.svg"))) == len(FROM_ROWS)
    told = [json.loads(path.read_text(encoding="utf-8")) for path in results.glob("*.figure.json")]
    said = " ".join(text for figure in told for text in (figure["caption"], figure["alt"]))
    assert "synthetic" not in said
    if language == "ru":
        # Universities without a name are called by their identifiers; files by their names.
        assert words(said) - {*universities, "survey", "totals", "codings", "csv"} == set()


@pytest.fixture(scope="module")
def place():
    return load_region("altynsai")


@pytest.fixture(scope="module")
def study(place):
    rows, questions, counts = (place.table(f"survey_{name}") for name in ("responses", "questions", "counts"))
    return respondents.study(
        rows, questions, counts, CODES, outcome="activity", predictors=["role", "support"], subgroup="role",
        items=["support", "time", "reward", "partners"], several="funding",
        universities=place.names_of("universities"),
    )  # fmt: skip


def figures_of_the_chapter(place, study):
    chapter = figures.survey
    likert = chapter.likert(respondents.likert_by_group(study), study.title(study.outcome))
    return {
        "likert": likert,
        "marked": chapter.marked(likert, True),
        "odds_ratios": chapter.odds_ratios(respondents.explained(study, draws=99), 0.95),
        "parallel_slopes": chapter.parallel_slopes(respondents.parallel_slopes(study), 0.95),
        "effects": chapter.effects(respondents.effects(study), 0.95),
        "wild_draws": chapter.wild_draws(respondents.wild_draws(study, 99)),
        "choices": chapter.choices(respondents.choices(study), 0.95),
        "choices_by_group": chapter.choices_by_group(respondents.choices_by_group(study, 19), 0.95),
        "loadings": chapter.loadings(respondents.consistency(study)),
        "correlations": chapter.correlations(respondents.hidden_correlations(study)),
        "likeness": chapter.likeness(respondents.likeness(study), 0.95),
        "raked": chapter.raked(respondents.raked(study, place.table("survey_totals"))),
        "missing": chapter.missing(respondents.answered(study)),
        "coder_agreement": chapter.coder_agreement(respondents.coder_agreement(place.table("survey_codings"))),
    }


@pytest.fixture(scope="module")
def drawn(place, study):
    return figures_of_the_chapter(place, study)


@pytest.fixture(scope="module")
def in_russian(place, study):
    with speaking("ru", names_in(place, "ru")):
        return figures_of_the_chapter(place, study)


@pytest.mark.parametrize("name", sorted(FROM_ROWS))
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


@pytest.mark.parametrize("name", sorted(FROM_ROWS))
@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_label_covers_another_or_is_cut(drawn, in_russian, language, name):
    figure = (drawn if language == "en" else in_russian)[name]
    assert overlapping(figure) == []
    assert cut(figure) == []
    assert not any(text.get_text().endswith("…") for text in figure.canvas.findobj(Text))


@pytest.mark.parametrize("name", sorted(FROM_ROWS))
def test_a_figure_in_russian_says_nothing_in_english(place, drawn, in_russian, name):
    codes = set(place.table("survey_codings")["code"]) if name == "coder_agreement" else set()
    assert latin(in_russian[name], codes) == []
    pd.testing.assert_frame_equal(in_russian[name].data, drawn[name].data)


def test_why_there_is_nothing_to_draw_is_said_in_russian(place, study):
    chapter = figures.survey
    reasons = [respondents.raked(study, None), respondents.coder_agreement(None)]
    with speaking("ru"):
        for table in (*reasons, pd.DataFrame()):
            assert latin(chapter.raked(table), {"survey", "totals", "codings", "csv"}) == []


def test_every_figure_is_tested(drawn):
    assert set(drawn) == FROM_ROWS <= set(figures.survey.__all__)


def test_made_up_respondents_are_called_so_in_picture_caption_and_words(drawn):
    figure = drawn["marked"]
    assert "(synthetic respondents)" in figure.caption and figure.alt.startswith("Synthetic respondents.")
    assert "synthetic respondents" in [text.get_text() for text in figure.canvas.texts]
    assert figures.survey.marked(figure, False) is figure


def test_a_segment_of_the_likert_plot_is_the_share_of_its_group(place, drawn):
    """Counted by hand from the file: managers' answers to the question on activity."""
    rows = place.table("survey_responses")
    own = rows[rows["role"].eq("manager") & ~rows["activity"].isin(list(CODES)) & rows["activity"].notna()]
    data = drawn["likert"].data.query("group == 'Manager' and option == 'High'").iloc[0]
    assert (data["count"], data["base"]) == (own["activity"].eq("high").sum(), len(own))
    assert data["right"] - data["left"] == pytest.approx(data["count"] / len(own))


class TestReadings:
    def test_say_that_respondents_are_made_up(self, place):
        rows = place.table("survey_responses")
        assert "`synthetic`" in readings.survey_responses.respondents(rows, True).markdown
        assert "synthetic" not in readings.survey_responses.respondents(rows, False).markdown

    def test_state_the_floor_of_the_p_value(self, study):
        """Six universities: 2 of 2 ** 6 draws repeat the observed statistic."""
        told = readings.survey_responses.wild(respondents.wild_tests(study, draws=199)).markdown
        assert "64 combinations" in told and "0.0312" in told

    def test_say_why_a_method_could_not_be_applied(self, place, study):
        told = readings.survey_responses.coders(respondents.coder_agreement(None)).markdown
        assert told.startswith("This could not be computed") and "survey\\_codings" in told
        without = respondents.raked(study, None)
        assert "known totals" in readings.survey_responses.raked(without, without).markdown

    def test_text_from_data_is_harmless(self, study):
        table = respondents.choices_by_group(study, 19).assign(option="<script>*x*", p_bonferroni=0.0)
        told = readings.survey_responses.choices_by_group(table).markdown
        assert "<script>" not in told and "\\<script\\>" in told
