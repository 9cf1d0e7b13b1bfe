"""The base map's data: every link resolves, every concept is connected, signs follow from paths."""

import networkx as nx
import numpy as np
import pytest

from unicluster import fcm, scenarios, tables


@pytest.fixture(scope="module")
def data():
    names = ("fcm_concepts", "fcm_links", "fcm_scale", "statements", "external", "sources")
    return {name: tables.load(name) for name in names}


@pytest.fixture(scope="module", params=[True, False], ids=["all links", "evidenced links"])
def base(request, data):
    ratings = scenarios.region_ratings(data["fcm_links"], assumed=request.param)
    return scenarios.build_map(data["fcm_concepts"], ratings, data["fcm_scale"])


def test_every_link_resolves_to_existing_evidence(data):
    faults = scenarios.check_evidence(data["fcm_links"], data["statements"], data["external"], data["sources"])
    assert [str(fault) for fault in faults] == []


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("statements", "hou2021-99", "there is no statement"),
        ("statements", "fuster2019-01", "is by Fuster2019"),
        ("lines", "9999", "has no line 9999"),
        ("rater", "Nobody1999", "the rater is no source"),
        ("tag", "assumed", "does not fit the rater"),
    ],
)
def test_evidence_that_does_not_resolve_is_told(data, column, value, told):
    links = data["fcm_links"].copy()
    row = links.index[links["rater"].eq("Hou2021")][0]
    links.loc[row, column] = value
    faults = scenarios.check_evidence(links, data["statements"], data["external"], data["sources"])
    assert any(told in str(fault) for fault in faults)


def test_the_map_has_the_groups_and_size_that_it_is_meant_to_have(data):
    concepts = data["fcm_concepts"]
    assert 20 <= len(concepts) <= 35
    assert set(concepts["group"]) == {"university", "enterprises", "state", "barriers", "states", "markets", "outcomes"}


def test_every_concept_takes_part(data):
    ratings = scenarios.region_ratings(data["fcm_links"])
    whole = scenarios.build_map(data["fcm_concepts"], ratings, data["fcm_scale"])
    assert whole.isolated == ()


def test_every_outcome_is_reached_from_every_lever_by_evidence_alone(data):
    ratings = scenarios.region_ratings(data["fcm_links"], assumed=False)
    evidenced = scenarios.build_map(data["fcm_concepts"], ratings, data["fcm_scale"])
    graph = nx.from_pandas_edgelist(ratings, "from", "to", create_using=nx.DiGraph)
    assert set(evidenced.isolated) == {"domestic-market", "regional-market", "global-market"}
    for lever in evidenced.with_role("lever"):
        assert set(evidenced.with_role("outcome")) <= nx.descendants(graph, lever)


def test_levers_and_markets_are_decisions_from_outside(base):
    outside = set(base.with_role("lever")) | set(base.with_role("driver"))
    assert outside <= set(base.transmitters)


def test_a_lever_acts_with_the_sign_of_its_paths_where_all_agree(base):
    options = scenarios.Settings().options()
    start = dict.fromkeys(base.ids, scenarios.NEUTRAL)
    neutral = fcm.simulate(base, start, **options).state
    graph = nx.from_numpy_array(np.sign(base.weights), create_using=nx.DiGraph)
    for lever in [*base.with_role("lever"), *base.with_role("driver")]:
        pushed = fcm.simulate(base, start, clamp={lever: 1.0}, **options).state
        for target, signs in _path_signs(graph, base.index(lever)).items():
            change = pushed[target] - neutral[target]
            if len(signs) == 1:
                assert np.sign(change) == next(iter(signs)), (lever, base.ids[target], change)


def _path_signs(graph, start):
    """Signs of all walks from a concept to each other one, by breadth-first search over (concept, sign)."""
    seen = {(start, 1)}
    queue = [(start, 1)]
    for node, sign in queue:
        for _, target, edge in graph.out_edges(node, data="weight"):
            step = (target, int(sign * edge))
            if step not in seen:
                seen.add(step)
                queue.append(step)
    signs = {}
    for node, sign in seen - {(start, 1)}:
        signs.setdefault(node, set()).add(sign)
    return signs


def test_recoding_one_source_changes_only_the_links_that_rest_on_it(data):
    links = data["fcm_links"].copy()
    rows = links["rater"].eq("Hausman2022")
    links.loc[rows, "strength"] = "very-low"
    before, after = (
        scenarios.build_map(data["fcm_concepts"], scenarios.region_ratings(table), data["fcm_scale"])
        for table in (data["fcm_links"], links)
    )
    changed = {(before.ids[i], before.ids[j]) for i, j in np.argwhere(before.weights != after.weights)}
    assert changed == set(links.loc[rows, ["from", "to"]].itertuples(index=False, name=None))


def test_every_course_is_reckoned_with_and_without_assumed_links(data):
    concepts, scale = data["fcm_concepts"], data["fcm_scale"]
    ratings = scenarios.region_ratings(data["fcm_links"])
    versions = scenarios.evidence_variants(ratings, data["statements"], data["sources"], data["external"])
    start = scenarios.starting_state(concepts, tables.load("fcm_starting_state"), None)
    courses = scenarios.of_kind(scenarios.read_scenarios(concepts["concept"]), "course")
    effects = scenarios.variant_effects(versions, concepts, scale, courses, start, scenarios.Settings())
    counts = effects.groupby("variant")["scenario"].nunique()
    assert counts["all"] == counts["evidenced"] == len(courses) - 1
    links = effects.drop_duplicates("variant").set_index("variant")["links"]
    assumed = ratings.groupby(["from", "to"])["tag"].agg(lambda tags: set(tags) == {"assumed"}).sum()
    assert links["all"] - links["evidenced"] == assumed > 0


def test_the_same_map_under_tanh_and_under_the_rescaled_sigmoid(base):
    """With d = 2a - 1, f(λ(d + dW)) of the sigmoid is tanh(λ/2 (d + dW)) in d: two codes of the engine, one answer."""
    courses = scenarios.of_kind(scenarios.read_scenarios(base.ids), "course")
    for course in courses:
        rescaled = fcm.simulate(
            base,
            dict.fromkeys(base.ids, 0.5),
            rule="rescaled",
            slope=0.5,
            clamp=course.hold,
            hold_transmitters=True,
        )
        centred = fcm.simulate(
            base,
            dict.fromkeys(base.ids, 0.0),
            rule="modified_kosko",
            transfer="tanh",
            slope=0.25,
            clamp={concept: 2 * level - 1 for concept, level in course.hold.items()},
            hold_transmitters=True,
        )
        np.testing.assert_allclose(2 * rescaled.state - 1, centred.state, atol=1e-11)
