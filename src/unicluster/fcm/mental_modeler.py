"""Maps of Mental Modeler (Gray, S. A. et al. 2013, HICSS 46), the ``.mmp`` format.

Older files are XML, newer ones JSON, with the same fields. The oldest have codes for weights, which
the program itself reads as 1 (H), 0.62 (M) and 0.25 (L).
"""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from unicluster.faults import Fault, InputError, refuse
from unicluster.fcm.interchange import from_links
from unicluster.fcm.map import CognitiveMap, Concept, Link
from unicluster.fcm.safe_xml import LARGEST, refuse_unsafe_xml

CODES = {"H+": 1.0, "M+": 0.62, "L+": 0.25, "": 0.0, "L-": -0.25, "M-": -0.62, "H-": -1.0}
Fields = Mapping[str, object]


def from_mental_modeler(text: str | bytes) -> CognitiveMap:
    """Map from the text of an ``.mmp`` file.

    Concepts get their name as id and their group's name as group; notes become the evidence of
    links. Places, units, preferred states, confidence and scenarios are left out.

    Raises
    ------
    InputError
        Naming every fault: neither safe XML nor JSON of such a file, weights that are no numbers,
        links to unknown concepts, links whose id and name contradict each other, and those of
        `CognitiveMap`.
    """
    content = text.encode() if isinstance(text, str) else text
    is_json = content.removeprefix(BOM_UTF8).lstrip().startswith(b"{")
    groups, concepts = _from_json(content) if is_json else _from_xml(content)
    names = {_field(c, "id"): _field(c, "name") for c in concepts}
    nodes = [Concept(_field(c, "name"), group=groups.get(_field(c, "group"), "")) for c in concepts]
    links, faults = [], []
    for concept in concepts:
        for link in concept["relationships"]:
            source, target = _field(concept, "name"), _field(link, "name")
            known = names.get(_field(link, "id"), target)
            if target and known != target:
                what = f"the link goes to {known!r} by its id and to {target!r} by its name"
                faults.append(Fault(what, column=source))
            value = _field(link, "influence")
            try:
                weight = CODES[value] if value in CODES else float(value)
            except ValueError:
                faults.append(Fault("the influence is no number", column=f"{source} -> {known}", value=value))
                continue
            links.append(Link(source, known, weight, evidence=_field(link, "notes")))
    refuse(faults)
    return from_links(nodes, links)


def to_mental_modeler(map: CognitiveMap, language: str | None = None) -> str:
    """Text of an ``.mmp`` file (XML, as all versions read it).

    Parameters
    ----------
    map : CognitiveMap
    language : str, optional
        Of the names; ids are written where there is none. Left out, ids are written.
    """
    root = Element("mentalmodeler")
    info = SubElement(root, "info")
    for field, value in (("name", "Model"), ("author", ""), ("version", "1.1")):
        SubElement(info, field).text = value
    groups = list(dict.fromkeys(c.group for c in map.concepts))
    group_names = SubElement(root, "groupNames")
    for k, group in enumerate(groups):
        SubElement(group_names, "groupName", index=str(k)).text = group
    labels = [c.label(language) if language else c.id for c in map.concepts]
    concepts = SubElement(root, "concepts")
    for i, concept in enumerate(map.concepts):
        node = SubElement(concepts, "concept")
        # a grid, because the program stacks concepts without a place on one another
        place = {"x": str(60 + 200 * (i % 6)), "y": str(60 + 120 * (i // 6))}
        fields = {"id": str(i + 1), "name": labels[i], "group": str(groups.index(concept.group))} | place
        for field, value in fields.items():
            SubElement(node, field).text = value
        relationships = SubElement(node, "relationships")
        for j in map.weights[i].nonzero()[0]:
            link = SubElement(relationships, "relationship")
            notes = map.evidence.get((concept.id, map.ids[j]), "")
            fields = {"id": str(j + 1), "name": labels[j], "notes": notes, "confidence": "0"}
            for field, value in (fields | {"influence": repr(float(map.weights[i, j]))}).items():
                SubElement(link, field).text = value
    SubElement(root, "scenarios")
    indent(root, "\t")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _field(fields: Fields, name: str) -> str:
    return str(fields.get(name) or "").strip()


def _from_json(text: bytes) -> tuple[dict[str, str], list[dict]]:
    if len(text) > LARGEST:
        raise InputError(f"the text has {len(text)} bytes; at most {LARGEST} are read")
    try:
        content = json.loads(text)
        groups = {str(index): str(name) for index, name in content.get("groupNames", {}).items()}
        concepts = [
            {**c, "relationships": [dict(link) for link in c.get("relationships") or []]} for c in content["concepts"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(f"this is no Mental Modeler file: {error}") from error
    return groups, concepts


def _from_xml(text: bytes) -> tuple[dict[str, str], list[dict]]:
    root = refuse_unsafe_xml(text)
    if root.tag.lower() != "mentalmodeler":
        raise InputError(f"this is no Mental Modeler file: it begins with <{root.tag}>")
    groups = {one.get("index", ""): one.text or "" for one in root.iterfind("groupNames/groupName")}
    concepts = [
        {field.tag: field.text for field in concept}
        | {
            "relationships": [
                {field.tag: field.text for field in link} for link in concept.iterfind("relationships/relationship")
            ]
        }
        for concept in root.iterfind("concepts/concept")
    ]
    return groups, concepts
