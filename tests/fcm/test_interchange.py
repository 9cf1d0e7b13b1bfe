"""Maps in and out of tables, matrices, edge lists, graphs and Mental Modeler files."""

import json

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unicluster.faults import InputError
from unicluster.fcm import (
    CognitiveMap,
    Concept,
    Link,
    from_edges,
    from_graphml,
    from_links,
    from_matrix,
    from_mental_modeler,
    from_networkx,
    from_tables,
    to_graphml,
    to_mental_modeler,
    to_networkx,
    to_tables,
)

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=8
).filter(lambda text: text == text.strip() and not text.isdigit())


@st.composite
def maps(draw):
    ids = draw(st.lists(TEXT, min_size=1, max_size=5, unique=True))
    n = len(ids)
    roles = draw(st.lists(st.sampled_from(["lever", "state", "outcome", "driver"]), min_size=n, max_size=n))
    concepts = [
        Concept(
            ids[i], {"en": f"name of {ids[i]}", "kk": f"атауы {ids[i]}"}, draw(st.sampled_from(["", "g"])), roles[i]
        )
        for i in range(n)
    ]
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    weights = rng.uniform(-1, 1, (n, n)) * (rng.random((n, n)) < 0.5)
    spread = rng.random((n, n)) * (weights != 0)
    links = [(ids[i], ids[j]) for i, j in np.argwhere(weights)]
    terms = {pair: "high" for pair in links[::2]}
    evidence = {pair: draw(TEXT) for pair in links[::3]}
    return CognitiveMap(concepts, weights, spread, terms, evidence)


def same(one, other):
    return (
        one.concepts == other.concepts
        and np.array_equal(one.weights, other.weights)
        and np.array_equal(one.spread, other.spread)
        and one.evidence == other.evidence
    )


@given(map=maps())
@settings(max_examples=40, deadline=None)
def test_round_trips(map):
    assert same(from_tables(*to_tables(map)), map)
    assert same(from_networkx(to_networkx(map)), map)
    assert same(from_graphml(to_graphml(map)), map)
    assert same(from_links(map.concepts, map.links), map)
    assert from_links(map.concepts, map.links).terms == map.terms
    assert np.array_equal(from_matrix(map.matrix()).weights, map.weights)
    modeler = from_mental_modeler(to_mental_modeler(map))
    assert modeler.ids == map.ids
    assert np.array_equal(modeler.weights, map.weights)
    assert modeler.evidence == map.evidence
    assert [c.group for c in modeler.concepts] == [c.group for c in map.concepts]


def test_names_of_a_language_in_mental_modeler():
    map = CognitiveMap([Concept("a", {"kk": "Әлем"}), "b"], [[0, 1], [0, 0]])
    assert from_mental_modeler(to_mental_modeler(map, "kk")).ids == ("Әлем", "b")


def test_matrix_with_columns_in_another_order():
    matrix = pd.DataFrame([[0.5, 0], [0, -0.25]], index=["a", "b"], columns=["b", "a"])
    assert from_matrix(matrix).weights.tolist() == [[0, 0.5], [-0.25, 0]]


def test_matrix_whose_labels_do_not_match():
    matrix = pd.DataFrame(np.zeros((2, 2)), index=["demand", "supply"], columns=["demnd", "supply"])
    with pytest.raises(InputError) as refused:
        from_matrix(matrix)
    assert ["'demnd'" in str(f) and "'demand'" in str(f) for f in refused.value.faults] == [True, True]
    with pytest.raises(InputError, match="twice"):
        from_matrix(pd.DataFrame(np.zeros((2, 2)), index=["a", "a"], columns=["a", "b"]))


def test_empty_cells_of_a_matrix_need_a_meaning():
    matrix = pd.DataFrame([[np.nan, 0.5], [-0.5, np.nan]], index=["a", "b"], columns=["a", "b"])
    with pytest.raises(InputError, match="nan"):
        from_matrix(matrix)
    assert from_matrix(matrix, empty=0).weights.tolist() == [[0, 0.5], [-0.5, 0]]


def test_edge_lists():
    edges = [("grants", "output", 0.5), ("output", "jobs", 0.75), ("jobs", "grants", -1)]
    map = from_edges(edges)
    assert map.ids == ("grants", "output", "jobs")
    assert map.weights.tolist() == [[0, 0.5, 0], [0, 0, 0.75], [-1, 0, 0]]
    table = pd.DataFrame(edges, columns=["from", "to", "weight"])
    assert np.array_equal(from_edges(table).weights, map.weights)
    ordered = from_edges(edges, ["jobs", "grants", "output", "weather"])
    assert ordered.ids == ("jobs", "grants", "output", "weather")
    assert ordered.matrix().loc["output", "jobs"] == 0.75


def test_edges_with_every_kind_of_fault():
    with pytest.raises(InputError) as refused:
        from_edges([("a", "bb", 1), ("a", "b", "strong"), ("b", "a", 2), ("a", "b", 0.1)], ["a", "b"])
    told = str(refused.value)
    for part in ("row 2, column links, to: found 'bb'", "did you mean 'b'", "row 3", "'strong'", "twice", "'2'"):
        assert part in told, part
    with pytest.raises(InputError, match=r"\(from, to, weight\)"):
        from_edges([("a", "b")])
    with pytest.raises(InputError, match="edges, weight"):
        from_edges(pd.DataFrame({"from": ["a"], "to": ["b"]}))


CONCEPTS = pd.DataFrame(
    {
        "concept": ["grants", "jobs"],
        "name_en": ["Research grants", "Employment"],
        "name_kk": ["Гранттар", None],
        "group": ["state", np.nan],
        "role": ["lever", "outcome"],
        "note": ["not read", ""],
    }
)


def test_tables_with_signs_and_terms():
    links = pd.DataFrame(
        {
            "from": ["grants", "jobs", "jobs"],
            "to": ["jobs", "jobs", "Research grants"],
            "sign": ["+", "-", "0"],
            "strength": ["medium", "0.2", "medium"],
            "evidence": ["line 7", None, ""],
        }
    )
    map = from_tables(CONCEPTS, links, {"medium": 0.5})
    assert map.weights.tolist() == [[0, 0.5], [0, -0.2]]
    assert map.concepts[0] == Concept("grants", {"en": "Research grants", "kk": "Гранттар"}, "state", "lever")
    assert map.concepts[1] == Concept("jobs", {"en": "Employment"}, "", "outcome")
    assert map.links[0] == Link("grants", "jobs", 0.5, "medium", "line 7")


def test_tables_with_faults_in_every_column():
    links = pd.DataFrame(
        {"from": ["grant", "jobs", "jobs"], "to": ["jobs", "jobs", "grants"], "sign": ["+", "x", "-"],
         "strength": ["medum", "1.2", "medium"], "spread": [0, 0, "wide"]}
    )  # fmt: skip
    with pytest.raises(InputError) as refused:
        from_tables(CONCEPTS, links, {"medium": 0.5})
    told = str(refused.value)
    for part in ("row 2, column links, from: found 'grant'", "did you mean 'grants'", "row 2, column strength",
                 "did you mean 'medium'", "row 3, column sign", "row 3, column strength", "spread"):  # fmt: skip
        assert part in told, part
    with pytest.raises(InputError, match="links, to"):
        from_tables(CONCEPTS, links.drop(columns="to"))
    with pytest.raises(InputError, match="concepts, concept"):
        from_tables(CONCEPTS.drop(columns="concept"), links)


GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="w" for="edge" attr.name="weight" attr.type="double"/>
  <key id="l" for="node" attr.name="label" attr.type="string"/>
  <graph edgedefault="directed">
    <node id="n0"><data key="l">Grants</data></node><node id="n1"/>
    <edge source="n0" target="n1"><data key="w">-0.5</data></edge>
  </graph>
</graphml>"""


def test_graphml_of_other_programs():
    map = from_graphml(GRAPHML.encode())
    assert map.ids == ("n0", "n1")
    assert map.concepts[0].label() == "Grants"
    assert map.weights.tolist() == [[0, -0.5], [0, 0]]


def test_graphs_that_are_no_maps():
    for graph in (nx.Graph([(1, 2)]), nx.MultiDiGraph([(1, 2), (1, 2)])):
        with pytest.raises(InputError, match="directed graph"):
            from_networkx(graph)
    with pytest.raises(InputError, match="column weight"):
        from_networkx(nx.DiGraph([(1, 2)]))
    with pytest.raises(InputError, match="at least one concept"):
        from_networkx(nx.DiGraph())
    with pytest.raises(InputError, match="GraphML"):
        from_graphml("<a/>")


# the two forms of the format, with the fields that the program writes
MODELER_XML = """<?xml version="1.0" encoding="UTF-8"?>
<mentalModeler>
 <info><name>FCM</name></info>
 <groupNames><groupName index="0"><![CDATA[Nature]]></groupName></groupNames>
 <concepts>
  <concept><id>1</id><name><![CDATA[Fish]]></name><group>0</group><x>604</x><y>200</y>
   <relationships>
    <relationship><id>7</id><name><![CDATA[Livelihood]]></name><notes>said so</notes><confidence>0</confidence>
     <influence><![CDATA[H+]]></influence></relationship>
   </relationships></concept>
  <concept><id>7</id><name>Livelihood</name></concept>
  <concept><id>8</id><name>Pollution</name>
   <relationships>
    <relationship><id>1</id><name>Fish</name><influence>M-</influence></relationship>
    <relationship><id>7</id><name>Livelihood</name><influence>-0.2</influence></relationship>
    <relationship><id>8</id><name>Pollution</name><influence/></relationship>
   </relationships></concept>
 </concepts>
 <scenarios><scenario><name>s</name><concepts><concept><id>1</id></concept></concepts></scenario></scenarios>
</mentalModeler>"""
MODELER_JSON = json.dumps(
    {
        "groupNames": {"0": "Nature"},
        "concepts": [
            {
                "id": "1", "name": "Fish", "group": "0", "x": "1",
                "relationships": [{"id": "7", "name": "Livelihood", "notes": "said so", "influence": "1"}],
            },
            {"id": "7", "name": "Livelihood", "group": ""},
            {
                "id": "8", "name": "Pollution",
                "relationships": [
                    {"id": "1", "name": "Fish", "influence": "-0.62"}, {"id": "7", "influence": -0.2}
                ],
            },
        ],
        "scenarios": [],
    }
)  # fmt: skip


@pytest.mark.parametrize(
    "text", [MODELER_XML, MODELER_JSON, MODELER_XML.encode(), b"\xef\xbb\xbf" + MODELER_JSON.encode()]
)
def test_both_forms_of_mental_modeler(text):
    map = from_mental_modeler(text)
    assert map.ids == ("Fish", "Livelihood", "Pollution")
    assert map.weights.tolist() == [[0, 1, 0], [0, 0, 0], [-0.62, -0.2, 0]]
    assert [c.group for c in map.concepts] == ["Nature", "", ""]
    assert map.evidence == {("Fish", "Livelihood"): "said so"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<id>1</id><name>Fish", "<id>9</id><name>Fisch", "did you mean 'Fish'"),
        ("<id>1</id><name>Fish", "<id>7</id><name>Fish", "'Livelihood' by its id and to 'Fish' by its name"),
        ("M-", "much", "Pollution -> Fish: found 'much'"),
        ("M-", "-3", "from -1 to 1"),
        ("Livelihood", "Fish", "share"),
        ("mentalModeler", "mindMap", "begins with <mindMap>"),
        ("</concepts>\n <scen", "<scen", "well-formed"),
    ],
)
def test_faulty_mental_modeler_files(old, new, message):
    assert old in MODELER_XML
    with pytest.raises(InputError, match=message):
        from_mental_modeler(MODELER_XML.replace(old, new))


@pytest.mark.parametrize(
    "text", ["", "{", "{}", '{"concepts": 3}', '{"concepts": [{"relationships": [1]}]}', "[" * 9, "text"]
)
def test_what_is_no_mental_modeler_file(text):
    with pytest.raises(InputError):
        from_mental_modeler(text)


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("read", [from_graphml, from_mental_modeler])
@pytest.mark.parametrize("head", [BOMB, OUTSIDE, "<!DOCTYPE a>"])
def test_document_types_and_entities_are_not_read(read, head):
    with pytest.raises(InputError, match="document type"):
        read(head + GRAPHML.partition("?>")[2])


@pytest.mark.parametrize("read", [from_graphml, from_mental_modeler])
@pytest.mark.parametrize("begin", ["<a>", "{"])
def test_very_large_texts_are_not_read(read, begin):
    with pytest.raises(InputError, match="at most"):
        read(begin + " " * 16_000_000)
