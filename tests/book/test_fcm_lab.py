"""The lab as a student uses it: from disk, without a network, by keyboard, through links."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from tests.book.waiting import wait_until
from unicluster import results
from unicluster.pipeline import plan
from unicluster.regions import DEFAULT

pytestmark = pytest.mark.slow

REGIONS = [job.region.region for job in plan.jobs() if job.chapter.name == "fcm_scenarios" and job.runs]
CYCLING = "rule=kosko&transfer=tanh&slope=3&link.exports.global-market=-1"


class Lab:
    """One open page of the lab."""

    def __init__(self, context, folder):
        self.page = context.new_page()
        self.address = (folder / "fcm-lab.html").as_uri()
        self.errors: list[str] = []
        self.elsewhere: list[str] = []
        self.page.on("pageerror", lambda e: self.errors.append(str(e)))
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        self.page.on("request", lambda r: self.elsewhere.append(r.url) if not r.url.startswith(("file", "data")) else 0)

    def open(self, fragment: str = "") -> Lab:
        self.page.goto("about:blank")
        self.page.goto(f"{self.address}#{fragment}")
        self.page.wait_for_selector("#fcm-lab[data-ready=yes]")
        return self.drawn()

    def drawn(self) -> Lab:
        """Wait until what was done has been run and shown."""
        self.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        wait_until(self.page, "document.getElementById('lab-end').textContent !== ''")
        return self

    def text(self, name: str) -> str:
        return self.page.inner_text(f"#lab-{name}")

    def outcomes(self) -> dict[str, list[str]]:
        rows = self.page.eval_on_selector_all(
            "#lab-outcomes tr", "rows => rows.map(r => [...r.cells].map(c => c.textContent))"
        )
        return {name: [now, compared, difference] for name, _, now, compared, difference in rows}

    def tab_to(self, name: str) -> None:
        """Reach a control with the Tab key alone."""
        for _ in range(600):  # the table of contents comes before the page
            self.page.keyboard.press("Tab")
            if self.page.evaluate("document.activeElement.id") == f"lab-{name}":
                return
        raise AssertionError(f"the Tab key does not reach {name}")


@pytest.fixture(scope="module")
def context(chromium):
    made = chromium.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def lab(context, book):
    made = Lab(context, book)
    yield made
    made.page.close()
    assert not made.errors
    assert not made.elsewhere


@pytest.mark.parametrize("region", REGIONS)
def test_every_saved_scenario_is_what_the_lab_computes(lab, region):
    lab.open(f"region={region}")
    seen = lab.page.evaluate(
        """async (region) => {
            const data = await (new Promise(done => {
                const before = FcmLab.given;
                FcmLab.given = (kind, content) => { before(kind, content); if (kind === 'region') done(content); };
                document.head.append(Object.assign(document.createElement('script'), { src: `fcm_lab/${region}.js` }));
            }));
            const usual = FcmLab.state.defaults(data);
            return data.scenarios.map(one =>
                [one.id, [...FcmLab.model.run(data, { ...usual, hold: one.hold }).state]]);
        }""",
        region,
    )
    levels = results.read_table(region, "fcm_scenarios", "levels")
    assert len(seen) == levels["scenario"].nunique()
    for scenario, state in seen:
        # the weights that the results hold have ten digits
        expected = levels.loc[levels["scenario"].eq(scenario), "level"].to_numpy(float)
        assert np.abs(expected - state).max() < 1e-8, scenario


def test_it_opens_at_the_baseline_with_nothing_changed(lab):
    lab.open()
    assert lab.text("end").startswith("It settles")
    assert {difference for _, _, difference in lab.outcomes().values()} == {"0.000"}
    wait_until(lab.page, "document.getElementById('lab-proof').textContent.startsWith('One end only: every')")


def test_a_lever_is_dragged_by_keyboard_and_map_and_outcomes_follow(lab):
    lab.open()
    before, drawing = lab.outcomes(), lab.page.inner_html("#lab-map")
    lab.tab_to("level-cluster-policy")
    lab.page.keyboard.press("End")
    lab.drawn()
    assert lab.page.is_checked("#lab-hold-cluster-policy")
    after = lab.outcomes()
    assert all(float(after[name][0]) > float(before[name][0]) for name in before)
    assert after["Output of the cluster"][2].startswith("▲ +")
    assert lab.page.inner_html("#lab-map") != drawing
    wait_until(lab.page, "document.getElementById('lab-announced').textContent.includes('above')")
    lab.page.focus("#lab-hold-cluster-policy")
    lab.page.keyboard.press("Space")
    lab.drawn()
    assert lab.outcomes() == before


def test_every_control_is_reached_by_the_tab_key(lab):
    lab.open()
    controls = lab.page.eval_on_selector_all(
        "#fcm-lab :is(select, input, button, a, summary, [tabindex])",
        "nodes => nodes.filter(n => n.checkVisibility() && !n.disabled).map((n, k) => n.id ||= `lab-nameless-${k}`)",
    )
    lab.page.focus("#lab-region")
    reached = []
    for _ in controls:
        reached.append(lab.page.evaluate("document.activeElement.id"))
        lab.page.keyboard.press("Tab")
    assert sorted(reached) == sorted(controls)


def test_a_link_is_changed_and_restored_by_keyboard(lab):
    lab.open()
    before = lab.outcomes()
    lab.page.select_option("#lab-from", "cluster-formation")
    lab.page.select_option("#lab-to", "output")
    lab.page.focus("#lab-weight")
    lab.page.keyboard.press("Home")
    lab.drawn()
    assert "Mining cluster around the university → Output of the cluster: −1.00" in lab.text("changed")
    assert lab.outcomes()["Output of the cluster"][2].startswith("▼ −")
    lab.page.focus("#lab-restore")
    lab.page.keyboard.press("Enter")
    lab.drawn()
    assert lab.outcomes() == before


def test_a_shared_link_brings_everything_back(lab, context, book):
    lab.open(
        "region=altynsai&rule=modified_kosko&transfer=tanh&slope=0.7&transmitters=free&start=random&seed=7&names=ru"
        "&hold.cluster-policy=-0.25&link.output.exports=0.4&compare=training-first&course=output"
    )
    lab.page.click("#lab-keep")
    lab.page.fill("#lab-slope", "0.9")
    lab.drawn()
    assert lab.page.input_value("#lab-compare") == "kept"
    address = lab.page.input_value("#lab-link")
    other = Lab(context, book).open(address.split("#")[1])
    for name in ("outcomes", "levers", "changed", "map", "chart"):
        assert other.page.inner_html(f"#lab-{name}") == lab.page.inner_html(f"#lab-{name}"), name
    assert other.page.input_value("#lab-link") == address
    other.page.close()


def test_what_a_link_asks_for_in_vain_is_said_and_left_out(lab):
    lab.open("rule=modern&slope=-1&hold.nothing=1&hold.cluster-policy=7&link.output.exports=x&compare=later&zz=%3Cb%3E")
    told = lab.text("faults")
    for fault in ("rule = modern", "slope = -1", "hold.nothing = 1", "hold.cluster-policy = 7", "compare = later"):
        assert fault in told
    assert "zz = <b>" in told
    assert {difference for _, _, difference in lab.outcomes().values()} == {"0.000"}


def test_it_is_compared_with_a_saved_scenario(lab):
    lab.open()
    lab.page.select_option("#lab-compare", "university-led")
    lab.page.select_option("#lab-scenario", "state-supported")
    lab.drawn()
    levels = results.read_table(DEFAULT, "fcm_scenarios", "levels").set_index(["scenario", "concept"])["level"]
    now, compared, difference = lab.outcomes()["Employment"]
    assert float(now) == pytest.approx(levels["state-supported", "employment"], abs=5e-4)
    assert float(compared) == pytest.approx(levels["university-led", "employment"], abs=5e-4)
    assert float(difference[2:].replace("−", "-")) == pytest.approx(float(now) - float(compared), abs=1.1e-3)


def test_a_cycle_is_recognised_and_gives_no_result(lab):
    lab.open(CYCLING)
    assert "the same 4 states" in lab.text("end")
    assert {difference for _, _, difference in lab.outcomes().values()} == {"no result"}
    assert lab.outcomes()["Exports of the cluster"][0].count(" to ") == 1
    wait_until(lab.page, "document.getElementById('lab-found').textContent.startsWith('From 200')")
    assert "cycle of 4" in lab.text("ends")


def test_several_ends_are_found_from_many_starts(lab):
    lab.open("slope=2&start=low")
    low = float(lab.outcomes()["Employment"][0])
    lab.page.select_option("#lab-start", "high")
    lab.drawn()
    assert float(lab.outcomes()["Employment"][0]) - low > 0.5
    assert lab.text("proof") in ("…", "One end only is not proved: other starts may lead elsewhere.")
    wait_until(lab.page, "document.getElementById('lab-found').textContent.startsWith('From 200')")
    assert lab.page.locator("#lab-ends tr").count() >= 2


def test_the_guided_tries_do_what_they_say(lab):
    lab.open()
    tries = lab.page.locator("[data-lab-try]")
    assert tries.count() == 3
    ways = ("settles", "settles", "cycles")
    for k, way in enumerate(ways):
        tries.nth(k).click()
        wait_until(lab.page, f"document.getElementById('lab-end').textContent.startsWith('It {way}')")
        lab.drawn()
        if k == 0:
            signs = {difference[0] for _, _, difference in lab.outcomes().values()}
            assert {"▲", "▼"} <= signs
    for weight, way in ((-0.3, "settles"), (-1, "cycles")):
        lab.open(CYCLING.replace("=-1", f"={weight}"))
        assert lab.text("end").startswith(f"It {way}")
    lab.open(CYCLING.replace("kosko", "modified_kosko"))
    assert lab.text("end").startswith("It settles")


def test_hostile_names_stay_text(context, book, tmp_path):
    """Names are the one free text that a region brings along."""
    for part in ("fcm_lab", "_static"):
        shutil.copytree(book / part, tmp_path / part)
    shutil.copy(book / "fcm-lab.html", tmp_path)
    data = json.loads((book / "fcm_lab" / f"{DEFAULT}.json").read_text(encoding="utf-8"))
    hostile = "<img src=x onerror=document.title='taken'></script><b>\"'&"
    for concept in data["concepts"]:
        concept["names"] = {code: hostile for code in ("en", "ru", "kk")}
    for scenario in data["scenarios"]:
        scenario["names"] = {"en": hostile}
    for group in data["groups"].values():
        group |= {"name": hostile, "colour": "red;background:url(x)"}
    data["names"] = {"en": hostile}
    (tmp_path / "fcm_lab" / f"{DEFAULT}.js").write_text(f'FcmLab.given("region", {json.dumps(data)});')
    known = json.dumps([{"region": DEFAULT, "names": {"en": hostile}}])
    (tmp_path / "fcm_lab" / "regions.js").write_text(f'FcmLab.given("regions", {known});')
    lab = Lab(context, tmp_path).open("link.output.exports=0.5&hold.output=1")
    assert lab.page.locator("#fcm-lab img, #fcm-lab b").count() == 0
    assert lab.page.title() != "taken"
    assert hostile in lab.page.text_content("#lab-outcomes")
    lab.page.close()


def test_its_scripts_load_on_its_page_alone(book):
    assert "fcm_lab/" not in (book / "intro.html").read_text(encoding="utf-8")
