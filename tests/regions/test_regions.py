"""A region is a folder."""

from __future__ import annotations

import shutil

import pytest

from unicluster import paths
from unicluster.faults import InputError
from unicluster.regions import check_region, list_regions, load_region

GOOD = """\
region: {region}
name: {{en: Pavlodar oblast, ru: Павлодарская область}}
oblasts: [pavlodar]
universities: [toraighyrov]
currency: KZT
base_year: 2020
plan_year: 2024
price_basis: current
"""


@pytest.fixture
def root(tmp_path):
    write(tmp_path, "pavlodar", GOOD.format(region="pavlodar"))
    return tmp_path


def write(root, region, text):
    (root / region).mkdir(exist_ok=True)
    (root / region / "region.yml").write_text(text, encoding="utf-8")


def test_the_articles_regions_are_there_pooled_first():
    regions = list_regions()
    assert regions[0] == "kazakhstan"
    assert {"karaganda", "akmola", "aktobe", "east-kazakhstan"} <= set(regions)


@pytest.mark.parametrize("region", list_regions())
def test_every_committed_region_is_sound(region):
    assert check_region(region) == []


def test_a_region_takes_the_articles_rows_of_its_oblast_only():
    members = load_region("akmola").table("members")
    assert set(members["oblast"]) == {"akmola"}
    assert len(members) == 11  # line 369: "11 предприятий-партнеров"
    assert len(load_region("aktobe").table("members")) == 9  # line 373: "девять"
    assert list(load_region("akmola").table("clusters")["cluster"]) == ["milk"]


def test_the_pooled_region_takes_all_rows():
    assert len(load_region("kazakhstan").table("clusters")) == 6


def test_a_part_that_a_region_lacks_is_none_and_no_error():
    aktobe = load_region("aktobe")
    assert not aktobe.has("survey")
    assert aktobe.table("survey_counts") is None
    assert aktobe.table("clusters") is None


def test_a_table_in_the_folder_comes_before_the_articles_rows(root):
    shutil.copy(paths.DATA / "paper" / "clusters.csv", root / "pavlodar" / "clusters.csv")
    assert len(load_region("pavlodar", root).table("clusters")) == 6
    assert load_region("pavlodar", root).has("clusters")


def test_own_answers_are_checked_against_own_questions(root):
    folder = root / "pavlodar"
    questions = (paths.DATA / "paper" / "survey_questions.csv").read_text(encoding="utf-8").splitlines()
    own = [questions[0], questions[1].replace(",69,", ",30,")]
    (folder / "survey_questions.csv").write_text("\n".join(own) + "\n", encoding="utf-8")
    counts = (paths.DATA / "paper" / "survey_counts.csv").read_text(encoding="utf-8").splitlines()
    over = counts[1].replace(",3,3,3,", ",31,31,31,")
    (folder / "survey_counts.csv").write_text("\n".join([counts[0], over]) + "\n", encoding="utf-8")
    faults = check_region("pavlodar", root)
    assert any(f.row == 2 and f.column == "high" and "survey_questions.base, which is 30" in f.message for f in faults)


def test_every_fault_of_a_description_comes_at_once(root):
    bad = GOOD.format(region="altai").replace("base_year: 2020", "base_year: 2030").replace("current", "guess")
    write(root, "pavlodar", bad + "colour: red\nparameters: 3\n")
    with pytest.raises(InputError) as caught:
        load_region("pavlodar", root)
    columns = {fault.column for fault in caught.value.faults}
    assert columns == {"colour", "parameters"}
    write(root, "pavlodar", bad)
    with pytest.raises(InputError) as caught:
        load_region("pavlodar", root)
    assert {fault.column for fault in caught.value.faults} == {"region", "base_year", "price_basis"}


@pytest.mark.parametrize(
    "text", ["", "- a\n- b\n", "region: [", "\tregion: x\n", "!!python/object/apply:os.system [ls]\n"]
)
def test_what_is_no_description_is_refused_with_its_file(root, text):
    write(root, "pavlodar", text)
    with pytest.raises(InputError, match=r"regions/pavlodar/region\.yml"):
        load_region("pavlodar", root)


@pytest.mark.parametrize("region", ["..", "../pavlodar", "a/b", "Pavlodar", "павлодар", "", "x" * 3 + "\n"])
def test_an_identifier_cannot_leave_its_folder(root, region):
    with pytest.raises(InputError, match=r"cannot be a region"):
        load_region(region, root)


def test_an_unknown_region_is_refused_with_the_nearest_name(root):
    with pytest.raises(InputError, match="did you mean 'pavlodar'"):
        load_region("pavlodra", root)


def test_markup_in_a_name_is_refused(root):
    write(root, "pavlodar", GOOD.format(region="pavlodar").replace("Pavlodar oblast", "'<img src=x>'"))
    with pytest.raises(InputError, match="HTML tag"):
        load_region("pavlodar", root)


def test_an_unknown_file_is_named_with_the_nearest_known_one(root):
    (root / "pavlodar" / "member.csv").write_text("a\n", encoding="utf-8")
    assert any("did you mean 'members.csv'" in fault.message for fault in check_region("pavlodar", root))


MEMBERS = """\
member,oblast,universities,order,name_en,name_ru,kind,kind_tag,outside,tag
silver-birch,{oblast},altynsai-state,1,Silver Birch,Серебряная берёза,mining,synthetic,false,synthetic
"""


@pytest.mark.parametrize("oblast", ["altynsai", "karaganda"])
def test_a_region_names_its_own_oblasts_and_those_of_kazakhstan(root, oblast):
    text = GOOD.format(region="altynsai").replace("[pavlodar]", "[altynsai]")
    write(root, "altynsai", text)
    (root / "altynsai" / "members.csv").write_text(MEMBERS.format(oblast=oblast), encoding="utf-8")
    assert check_region("altynsai", root) == []
    members = load_region("altynsai", root).table("members")
    assert list(members["oblast"]) == [oblast]
    assert members["line"].isna().all()


def test_an_oblast_that_is_neither_is_refused_with_the_nearest_name(root):
    (root / "pavlodar" / "members.csv").write_text(MEMBERS.format(oblast="karagandy"), encoding="utf-8")
    (fault,) = check_region("pavlodar", root)
    assert (fault.row, fault.column) == (2, "oblast")
    assert "did you mean 'karaganda'?" in fault.message


NAMES = "names:\n  one: {en: First University, ru: Первый университет}\n  pavlodar: {en: Pavlodar land}\n"


def test_a_region_names_its_own_universities(root):
    write(root, "pavlodar", GOOD.format(region="pavlodar").replace("[toraighyrov]", "[one, kartu, three]") + NAMES)
    place = load_region("pavlodar", root)
    english, russian = place.names_of("universities"), place.names_of("universities", "ru")
    assert (english["one"], russian["one"]) == ("First University", "Первый университет")
    assert english["kartu"] == "Abylkas Saginov Karaganda Technical University"
    assert english["three"] == "three"
    assert place.names_of("oblasts")["pavlodar"] == "Pavlodar land"
    assert place.names_of("oblasts", "ru")["pavlodar"] == "Павлодарская область"


def test_names_of_what_is_not_the_regions_own_are_refused(root):
    extra = "names:\n  toraigyrov: {en: X}\n  pavlodar: [Pavlodar]\n"
    write(root, "pavlodar", GOOD.format(region="pavlodar") + extra)
    with pytest.raises(InputError) as caught:
        load_region("pavlodar", root)
    told = {fault.column: fault.message for fault in caught.value.faults}
    assert set(told) == {"names.toraigyrov", "names.pavlodar"}
    assert "did you mean 'toraighyrov'?" in told["names.toraigyrov"]


EMPLOYMENT = """territory,industry,industry_en,year,employment,source,tag
here,mining,Mining,2020,10,invented,synthetic
ther,mining,Mining,2020,10,invented,synthetic
"""
TERRITORY = "{name},{name},1,1,true,invented,synthetic\n"


def test_a_table_that_refers_to_another_of_the_region_needs_it(root):
    folder = root / "pavlodar"
    (folder / "employment.csv").write_text(EMPLOYMENT, encoding="utf-8")
    faults = check_region("pavlodar", root)
    assert [(fault.row, fault.column) for fault in faults] == [(2, "territory"), (3, "territory")]
    assert all("not in regions/pavlodar/territories.csv" in fault.message for fault in faults)
    header = "territory,name_en,area,population,own,source,tag\n"
    text = header + TERRITORY.format(name="here") + TERRITORY.format(name="there")
    (folder / "territories.csv").write_text(text, encoding="utf-8")
    (fault,) = check_region("pavlodar", root)
    assert (fault.row, fault.value) == (3, "ther")
    assert "did you mean 'there'?" in fault.message
