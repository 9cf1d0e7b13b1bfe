"""What is drawn can be read: no label covers another or leaves the drawing, and names stay text."""

import re

import pandas as pd
import pytest

from tests.cluster.conftest import mention, table
from tests.figures.looking import boxes, cut, overlapping
from unicluster import cluster, figures, geometry, readings, regions, tables

HOSTILE = "<script>alert(1)</script> $\\frac{1}{0}$ *x* | [a](b)"


def draw(region: str) -> dict[str, figures.style.Figure]:
    place = regions.load_region(region)
    members = place.table("members")
    everywhere = cluster.memberships(cluster.join_lists(members, tables.load("members")))
    named = everywhere[everywhere["oblast"].isin(members["oblast"])]
    universities, oblasts, exchanges = (tables.load(n) for n in ("universities", "oblasts", "exchanges"))
    names, oblast_names = place.names_of("universities"), place.names_of("oblasts")
    network = cluster.network(named, place.universities)
    centre = cluster.choose_centre(network)
    around = cluster.ego_network(cluster.network(everywhere), centre)
    unnamed = cluster.unnamed_partners(named, tables.load("partner_counts"), centre)
    here = universities[universities["university"].isin(place.universities)]
    chapter = figures.cluster_model
    return {
        "map": chapter.locator(
            geometry.load_outlines(), oblasts, named, here, tables.load("cities"), place.table("clusters"), oblast_names
        ),
        "members": chapter.members(network, names, cluster.ROLES),
        "ego": chapter.ego(around, centre, names, cluster.ROLES, unnamed),
        "roles": chapter.roles_by_oblast(cluster.composition(named), oblast_names, cluster.ROLES),
        "exchange": chapter.exchange(exchanges, cluster.arcs(exchanges), cluster.PARTIES),
        "steps": chapter.steps(cluster.step_actors(tables.load("creation_steps")), cluster.PARTIES),
    }


WITH_MEMBERS = [name for name in regions.list_regions() if regions.load_region(name).has("members")]


@pytest.fixture(scope="module", params=WITH_MEMBERS)
def drawn(request):
    return draw(request.param)


@pytest.mark.parametrize("name", ["map", "members", "ego", "roles", "exchange", "steps"])
def test_no_label_covers_another_or_is_cut(drawn, name):
    assert overlapping(drawn[name]) == []
    assert cut(drawn[name]) == []


def test_every_figure_says_what_it_shows(drawn):
    for figure in drawn.values():
        assert figure.caption.endswith(".") and len(figure.alt) > 60 and len(figure.data)


def test_members_that_have_no_place_on_the_map_are_told():
    figure = draw("altynsai")["map"]
    assert figure.alt.endswith("Not on the map, with members: Altynsai (18).")
    assert figure.canvas.axes[0].get_title(loc="left") == "Not on the map, with members: Altynsai (18)."
    assert "Not on the map" not in draw("karaganda")["map"].alt


def test_the_map_tells_of_the_borders(drawn):
    for words in (drawn["map"].caption, drawn["map"].alt):
        assert all(name in words for name in ("June 2022", "Abai", "Zhetysu", "Ulytau"))


def test_the_overlap_check_sees_an_overlap(drawn):
    figure = drawn["members"]
    (axes,) = figure.canvas.axes
    extra = axes.text(*axes.texts[-1].get_position(), "on top")
    assert overlapping(figure)
    extra.remove()


class TestHostileNames:
    @pytest.fixture
    def named(self):
        rows = [mention("akmola-1", name_en=HOSTILE), mention("akmola-2", name_en="B" * 80)]
        return cluster.memberships(table(*rows))

    def test_are_drawn_letter_for_letter(self, named):
        network = cluster.network(named)
        centre = cluster.choose_centre(network)
        for figure in (
            figures.cluster_model.members(network, {centre: HOSTILE}, cluster.ROLES),
            figures.cluster_model.ego(network, centre, {centre: HOSTILE}, cluster.ROLES),
        ):
            shown = " ".join(text for text, _ in boxes(figure)) + figure.canvas.axes[0].get_title("center")
            assert "$\\frac{1}{0}$" in shown.replace("\n", " ")
            assert "<script" not in figure.svg()

    def test_are_escaped_in_readings(self, named):
        oblasts = {"akmola": HOSTILE, "karaganda": HOSTILE}
        outside = named.assign(outside=True, located="karaganda")
        composition = cluster.composition(named)
        network = cluster.components(cluster.network(named))
        counts = cluster.count_members(named)
        stated = pd.DataFrame({"oblast": ["akmola"], "universities": ["u"], "count": [5]})
        chapter = readings.cluster_model
        for reading in (
            chapter.outside(outside, pd.Series(False, index=outside.index), oblasts),
            chapter.counts(counts, cluster.compare_counts(named, stated), oblasts),
            chapter.network(network, {"university-of-akmola": HOSTILE}),
            chapter.roles(cluster.breadth(composition), oblasts),
            chapter.yardstick(cluster.yardstick(named), oblasts),
        ):
            assert not re.search(r"(?<!\\)[<$*|\[]", reading.markdown.replace("**", ""))


def test_a_member_outside_without_known_place_is_told():
    named = cluster.memberships(table(mention("akmola-1", outside=True)))
    told = readings.cluster_model.outside(named, pd.Series([False]), {})
    assert "NA" not in told.markdown and "None" not in told.markdown
