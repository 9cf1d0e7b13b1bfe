"""The data of the FCM lab: a region's map, its start and the scenarios that the pipeline computed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from typing import Any

import pandas as pd

from unicluster import paths, results, tables
from unicluster.figures.fcm_scenarios.drawn_map import GROUP_COLOURS, GROUP_NAMES, columns
from unicluster.pipeline import plan
from unicluster.pipeline.plan import Job
from unicluster.scenarios import Settings

CHAPTER = "fcm_scenarios"


def write(jobs: Iterable[Job]) -> None:
    """Write each region's data as JSON and, because a page on disk may not read JSON, as a script that holds it.

    Parameters
    ----------
    jobs : iterable of Job
        Of the scenario chapter, one a region; they have run.
    """
    chosen = list(jobs)
    shutil.rmtree(paths.FCM_LAB, ignore_errors=True)
    paths.FCM_LAB.mkdir(parents=True)
    _script("regions.js", "regions", [{"region": job.region.region, "names": job.region.name} for job in chosen])
    for job in chosen:
        data = lab_data(job)
        name = job.region.region
        text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        (paths.FCM_LAB / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")
        _script(f"{name}.js", "region", data)


def lab_data(job: Job) -> dict[str, Any]:
    """Everything that the lab needs of one region, from the results of its scenario chapter.

    Parameters
    ----------
    job : Job
        Of the scenario chapter; it has run.

    Returns
    -------
    dict
        ``region``, ``names``, ``fictitious``, ``settings`` (``rule``, ``transfer``, ``slope``), ``columns`` (ids by
        column and group, from left to right), ``groups`` (name and colour), ``concepts`` (``id``, ``names``,
        ``group``, ``role``, ``start``, ``tag``), ``links`` (``from``, ``to``, ``weight``, ``low``, ``high``, ``tag``)
        and ``scenarios`` (``id``, ``names``, ``kind``, ``note``, ``hold``, ``levels`` in the order of the concepts).
    """
    region = job.region.region
    concepts = tables.load("fcm_concepts")
    start = results.read_table(region, CHAPTER, "start").set_index("concept")
    links = results.read_table(region, CHAPTER, "links")
    about = results.read_table(region, CHAPTER, "scenarios").set_index("scenario")
    levels = results.read_table(region, CHAPTER, "levels")
    return {
        "region": region,
        "names": job.region.name,
        "fictitious": job.region.fictitious,
        "settings": _settings(job),
        "columns": columns(concepts),
        "groups": {
            group: {"name": GROUP_NAMES[group], "colour": GROUP_COLOURS[group]} for group in concepts["group"].unique()
        },
        "concepts": [
            {
                "id": row["concept"],
                "names": _names(row),
                "group": row["group"],
                "role": row["role"],
                "start": float(start.at[row["concept"], "level"]),
                "tag": start.at[row["concept"], "tag"],
            }
            for row in concepts.to_dict("records")
        ],
        "links": links[["from", "to", "weight", "low", "high", "tag"]].to_dict("records"),
        "scenarios": [
            _scenario(scenario, about.loc[scenario], ended)
            for scenario, ended in levels.groupby("scenario", sort=False)
        ],
    }


def _settings(job: Job) -> dict[str, Any]:
    declared = {name: parameter.default for name, parameter in plan.parameters(job.chapter).items()}
    used = declared | results.read_json(job.region.region, CHAPTER, "run.json")["parameters"]
    return {"rule": used["rule"], "transfer": Settings().transfer, "slope": float(used["slope"])}


def _scenario(scenario: str, about: pd.Series, ended: pd.DataFrame) -> dict[str, Any]:
    held = ended[ended["held"]]
    return {
        "id": scenario,
        "names": {"en": about["name"]} | ({} if pd.isna(about["name_ru"]) else {"ru": about["name_ru"]}),
        "kind": about["kind"],
        "note": "" if pd.isna(about["note"]) else about["note"],
        "hold": dict(zip(held["concept"], held["level"].astype(float), strict=True)),
        "levels": ended["level"].astype(float).tolist(),
    }


def _names(concept: dict[str, Any]) -> dict[str, str]:
    found = {code: concept.get(f"name_{code}") for code in ("en", "ru", "kk")}
    return {code: str(name) for code, name in found.items() if not pd.isna(name)}


def _script(name: str, kind: str, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (paths.FCM_LAB / name).write_text(f"FcmLab.given({json.dumps(kind)}, {text});\n", encoding="utf-8", newline="\n")
