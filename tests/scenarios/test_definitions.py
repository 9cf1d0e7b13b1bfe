"""Scenario files: what is read, and what is refused."""

import pytest

from unicluster import scenarios, tables
from unicluster.faults import InputError


@pytest.fixture(scope="module")
def concepts():
    return tables.load("fcm_concepts")


def test_the_base_map_has_the_scenarios_that_the_article_asks_for(concepts):
    found = {s.id: s for s in scenarios.read_scenarios(concepts["concept"])}
    courses = {"inertial", "university-led", "enterprise-led", "state-supported", "triple-helix", "adverse-market"}
    assert courses <= set(found)
    assert found["inertial"].hold == {}
    for barrier in concepts.loc[concepts["group"].eq("barriers"), "concept"]:
        assert found[f"{barrier}-removed"].hold == {barrier: 0.0}
        assert found[f"{barrier}-worse"].hold == {barrier: 1.0}


def test_all_three_together_holds_what_each_alone_holds(concepts):
    found = {s.id: s for s in scenarios.read_scenarios(concepts["concept"])}
    joined = {}
    for part in ("university-led", "enterprise-led", "state-supported"):
        joined |= found[part].hold
    assert found["triple-helix"].hold == joined


def test_a_region_adds_and_replaces(concepts, tmp_path):
    own = '- scenario: triple-helix\n  name: {en: "Ours"}\n  hold: {applied-research: 0.7}\n'
    own += '- scenario: new-one\n  name: {en: "New"}\n  hold: {global-market: 0}\n'
    (tmp_path / "fcm_scenarios.yml").write_text(own, encoding="utf-8")
    found = {s.id: s for s in scenarios.read_scenarios(concepts["concept"], tmp_path)}
    assert found["triple-helix"].hold == {"applied-research": 0.7}
    assert found["new-one"].hold == {"global-market": 0.0}
    assert "university-led" in found


def test_a_note_is_a_text_or_one_for_each_language(concepts, tmp_path):
    own = '- scenario: one\n  name: {en: "One", ru: "Первый"}\n  note: "Plain"\n'
    own += '- scenario: two\n  name: {en: "Two"}\n  note: {en: "Why", ru: "Почему"}\n'
    (tmp_path / "fcm_scenarios.yml").write_text(own, encoding="utf-8")
    found = scenarios.read_scenarios(concepts["concept"], tmp_path)
    table = scenarios.scenario_table(found).set_index("scenario")
    assert table.loc[["one", "two"], "note"].tolist() == ["Plain", "Why"]
    names = scenarios.names_in(concepts, found, "ru")
    assert names["One"] == "Первый" and names["Why"] == "Почему"
    assert "Two" not in names and "Plain" not in names


def test_every_identifier_of_the_map_has_a_name(concepts):
    found = scenarios.read_scenarios(concepts["concept"])
    names = scenarios.column_names(concepts, found, {"funding": "Sources of funding"})
    assert set(names["concept"]) == set(concepts["concept"])
    assert {s.id for s in found} <= set(names["scenario"])
    assert names["question"] == {"funding": "Sources of funding"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- scenario: Bad Name\n  name: {en: x}\n  hold: {}\n", "small Latin letters"),
        ("- scenario: x\n  name: {en: x}\n  hold: {aplied-research: 1}\n", "did you mean 'applied-research'"),
        ("- scenario: x\n  name: {en: x}\n  hold: {applied-research: 2}\n", "from 0 to 1"),
        ("- scenario: x\n  name: {en: x}\n  hold: {applied-research: true}\n", "from 0 to 1"),
        ("- scenario: x\n  name: {ru: x}\n  hold: {}\n", "a name in 'en'"),
        ('- scenario: x\n  name: {en: "=1+1"}\n  hold: {}\n', "formula"),
        ("- scenario: x\n  name: {en: x}\n  hodl: {}\n", "did you mean 'hold'"),
        ("- scenario: x\n  name: {en: x}\n- scenario: x\n  name: {en: x}\n", "more than once"),
        ("- scenario: x\n  name: {en: x}\n  note: {ru: x}\n", "text in .en. is needed"),
        ("scenario: x\n", "a list of scenarios"),
        ("- scenario: [x\n", "not valid YAML"),
    ],
)
def test_faulty_files_are_told_in_plain_words(concepts, tmp_path, text, told):
    (tmp_path / "fcm_scenarios.yml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        scenarios.read_scenarios(concepts["concept"], tmp_path)


def test_all_faults_come_at_once(concepts, tmp_path):
    text = "- scenario: X\n  name: {en: x}\n  hold: {nowhere-at-all: 3}\n"
    (tmp_path / "fcm_scenarios.yml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        scenarios.read_scenarios(concepts["concept"], tmp_path)
    assert len(error.value.faults) == 3
