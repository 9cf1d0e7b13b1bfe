"""An older folder is told what to change, and a command changes it."""

from __future__ import annotations

import itertools

import pytest

from tests.regions.sound import DESCRIPTION, sound
from unicluster import tables
from unicluster.faults import InputError
from unicluster.regions import examine_region, load_region, upgrades


@pytest.fixture
def old(tmp_path):
    """A folder as it was made under 1.0.0: no version, and a stand-in where the line of the article was required."""
    folder = sound(tmp_path)
    text = DESCRIPTION.replace("dictionary: 1.1.0\n", "# a remark\n")
    (folder / "region.yml").write_text(text, encoding="utf-8")
    rows = tables.read_rows(folder / "members.csv", "members.csv")
    for row in rows.cells:
        row[rows.header.index("line")] = "1"
    lines = [rows.header, *rows.cells]
    quoted = "\n".join(",".join(f'"{cell}"' for cell in row) for row in lines)
    (folder / "members.csv").write_text(quoted + "\n# kept\n", encoding="utf-8")
    return folder


def test_the_steps_lead_from_the_first_version_to_the_present_one():
    steps = upgrades.UPGRADES
    assert steps[0].before == upgrades.FIRST
    assert steps[-1].after == tables.version()
    assert all(one.after == other.before for one, other in itertools.pairwise(steps))


def test_an_old_folder_is_told_what_to_change_and_stays_usable(old):
    report = examine_region("pavlodar", old.parent)
    assert report.errors == []
    told = [fault for fault in report.warnings if fault.rule == "version"]
    assert len(told) == 1
    assert "1.0.0 to 1.1.0" in told[0].message and "make upgrade REGION=pavlodar" in told[0].message


def test_the_command_does_it_and_keeps_the_meaning(old):
    before = load_region("pavlodar", old.parent)
    members = before.table("members").drop(columns="line")
    counts = before.table("survey_counts")
    changes = upgrades.upgrade("pavlodar", old.parent)
    assert any("members.csv" in change for change in changes)
    after = load_region("pavlodar", old.parent)
    assert after.dictionary == tables.version()
    assert "line" not in (old / "members.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert "# kept" in (old / "members.csv").read_text(encoding="utf-8")
    assert "# a remark" in (old / "region.yml").read_text(encoding="utf-8")
    assert after.table("members").drop(columns="line").equals(members)
    assert after.table("survey_counts").equals(counts)  # its lines are the article's, no stand-in
    assert not [fault for fault in examine_region("pavlodar", old.parent).warnings if fault.rule == "version"]
    assert upgrades.upgrade("pavlodar", old.parent) == []


def test_an_interrupted_upgrade_is_made_again(old, monkeypatch):
    real, done = upgrades._replace, []

    def failing(file, text):
        if done:
            raise OSError("disk full")
        done.append(file)
        real(file, text)

    monkeypatch.setattr(upgrades, "_replace", failing)
    with pytest.raises(OSError):
        upgrades.upgrade("pavlodar", old.parent)
    assert load_region("pavlodar", old.parent).dictionary == "1.0.0"
    monkeypatch.setattr(upgrades, "_replace", real)
    upgrades.upgrade("pavlodar", old.parent)
    assert load_region("pavlodar", old.parent).dictionary == tables.version()
    assert not list(old.glob(".*"))


def test_a_folder_from_the_future_is_refused(tmp_path):
    folder = sound(tmp_path)
    text = DESCRIPTION.replace("dictionary: 1.1.0", "dictionary: 99.0.0")
    (folder / "region.yml").write_text(text, encoding="utf-8")
    assert [fault.rule for fault in examine_region("pavlodar", tmp_path).errors] == ["version"]
    with pytest.raises(InputError, match=r"99\.0\.0"):
        upgrades.upgrade("pavlodar", tmp_path)


def test_a_description_that_a_program_cannot_change_is_left_alone(tmp_path):
    folder = sound(tmp_path)
    flow = "{region: pavlodar, name: {en: P, ru: П}, oblasts: [pavlodar], universities: [], currency: KZT, "
    flow += "base_year: 2020, plan_year: 2024, price_basis: current}\n"
    (folder / "region.yml").write_text(flow, encoding="utf-8")
    with pytest.raises(InputError, match=r"write the line 'dictionary: 1\.1\.0' yourself"):
        upgrades.upgrade("pavlodar", tmp_path)
    assert (folder / "region.yml").read_text(encoding="utf-8") == flow
