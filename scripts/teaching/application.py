"""Fill in the application of the teaching region, which does not exist (`python scripts/teaching/application.py`).

Writes `data/regions/altynsai/application.csv` with every field filled in, so that a dossier can be seen whole. Every
value is invented; the same seed gives the same file, byte for byte. No identification number looks like a real one.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

import numpy as np

from unicluster import paths, tables

SEED = 20240622
FOLDER = paths.REGIONS / "altynsai"
INVENTED = "invented for teaching"

Row = tuple[str, str, str, str, float | int | None]

SINGLE: list[tuple[str, str, str, float | int | None]] = [
    ("cluster-name", "Altynsai Mining Cluster", "Алтынсайский горнодобывающий кластер", None),
    ("initiator", "altynsai-mining", "altynsai-mining", None),
    (
        "core-enterprises",
        "Altynsai Copper Combine; Ridge Polymetals",
        "Алтынсайский медный комбинат; Полиметаллы Хребта",
        None,
    ),
    ("period-start", "", "", 2025),
    ("period-end", "", "", 2029),
    ("dossier-version", "1.0", "1.0", None),
    ("data-date", "2024-06-21", "2024-06-21", None),
    ("contact", "Office of the initiator, Altynsai (fictitious)", "Офис инициатора, Алтынсай (вымышлено)", None),
    ("cluster-agreement", "No. 1 of 2024-05-15", "№ 1 от 2024-05-15", None),
    ("management-posts", "", "", 1.5),
    (
        "stages",
        "Preparation 2025; laboratories 2026-2027; full work 2028-2029",
        "Подготовка — 2025; лаборатории — 2026–2027; полная работа — 2028–2029",
        None,
    ),
    (
        "support-purpose",
        "Cluster organisation and equipment of the laboratory",
        "Кластерная организация и оборудование лаборатории",
        None,
    ),
]

GOALS = {
    "strategy-1": (
        ("Invented strategy of Altynsai to 2030", "Вымышленная стратегия Алтынсая до 2030 года"),
        ("Deeper processing of ores", "Более глубокая переработка руд"),
        ("Pilot lines at the dressing institute", "Пилотные линии в институте обогащения"),
        ("Invented decree No. 7 of 2023", "Вымышленное постановление № 7 от 2023 года"),
    ),
    "strategy-2": (
        ("Invented national plan for skills", "Вымышленный национальный план по кадрам"),
        ("Training on sites of enterprises", "Подготовка на площадках предприятий"),
        ("Dual programmes of two universities and the college", "Дуальные программы двух университетов и колледжа"),
        ("Invented order No. 12 of 2022", "Вымышленный приказ № 12 от 2022 года"),
    ),
    "strategy-3": (
        ("Sustainable Development Goals", "Цели устойчивого развития"),
        ("Goal 9: industry, innovation and infrastructure", "Цель 9: индустриализация, инновации и инфраструктура"),
        ("Shared laboratories", "Общие лаборатории"),
        ("United Nations, 2015", "ООН, 2015"),
    ),
}

# name, stage, indicator, barrier, start, cost, output added (million tenge)
PROJECTS = {
    "project-laboratory": (
        ("Shared laboratory of ore dressing", "Общая лаборатория обогащения руд"),
        ("prospective", "перспективный"),
        ("research and development contracts", "договоры на исследования"),
        ("lack of funding", "нехватка средств"),
        2026,
        1850,
        2400,
    ),
    "project-incubator": (
        ("Incubator and makerspace", "Бизнес-инкубатор и мастерская"),
        ("under way", "реализуется"),
        ("new firms", "новые фирмы"),
        ("weak motivation", "слабая мотивация"),
        2025,
        420,
        610,
    ),
    "project-corporate": (
        ("Corporate university with the copper combine", "Корпоративный университет с медным комбинатом"),
        ("prospective", "перспективный"),
        ("graduates employed", "трудоустройство выпускников"),
        ("shortage of staff", "нехватка кадров"),
        2026,
        760,
        980,
    ),
    "project-endowment": (
        ("Endowment for joint research", "Эндаумент для совместных исследований"),
        ("prospective", "перспективный"),
        ("investment", "инвестиции"),
        ("weak coordination", "слабая координация"),
        2027,
        300,
        150,
    ),
}

# A project that takes the theme up, or why it is declined.
USES: dict[str, str | tuple[str, str]] = {
    "theme-01": "project-corporate",
    "theme-02": ("declined: no partner abroad yet", "отклонена: пока нет зарубежного партнёра"),
    "theme-03": "project-incubator",
    "theme-04": "project-laboratory",
    "theme-05": "project-laboratory",
    "theme-06": "project-endowment",
    "theme-07": "project-endowment",
    "theme-08": "project-incubator",
    "theme-09": ("declined: decided by each university", "отклонена: решает каждый университет"),
}


def rows() -> Iterator[Row]:
    """Every field and item: field, item, English, Russian, number."""
    for field, english, russian, number in SINGLE:
        yield field, "1", english, russian, number
    yield from _members()
    for item, texts in GOALS.items():
        for field, pair in zip(("name", "goal", "contribution", "date"), texts, strict=True):
            yield f"strategy-{field}", item, *pair, None
    for item, (*texts, start, cost, volume) in PROJECTS.items():
        for field, pair in zip(("name", "stage", "indicator", "barrier"), texts, strict=True):
            yield f"project-{field}", item, *pair, None
        for field, number in (("start", start), ("cost", cost), ("volume", volume)):
            yield f"project-{field}", item, "", "", number
    for item, use in USES.items():
        yield "theme-use", item, *(PROJECTS[use][0] if isinstance(use, str) else use), None
    draws = np.random.default_rng(SEED + 1)
    for university in sorted(set(_column("survey_responses", "university"))):
        yield "university-staff", university, "", "", int(draws.integers(120, 900))


def _members() -> Iterator[Row]:
    draws = np.random.default_rng(SEED)
    for number, member in enumerate(_column("members", "member"), start=1):
        output = int(draws.integers(4, 900)) * 100
        yield "member-bin", member, f"INVENTED-{number:02d}", f"INVENTED-{number:02d}", None
        yield "member-employees", member, "", "", int(draws.integers(2, 160)) * 10
        yield "member-output", member, "", "", output
        yield "member-export", member, "", "", int(output * draws.integers(0, 60) / 100)
        day = f"2024-04-{int(draws.integers(1, 29)):02d}"
        yield "member-memorandum", member, f"Memorandum of {day}", f"Меморандум от {day}", None


def _column(table: str, column: str) -> list[str]:
    file = next(name for name, held in tables.region_tables().items() if held == table)
    with (FOLDER / file).open(encoding="utf-8-sig", newline="") as opened:
        return [row[column] for row in csv.DictReader(opened)]


def main() -> None:
    header = tables.table("application").columns
    with (FOLDER / "application.csv").open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow(header)
        for field, item, english, russian, number in rows():
            writer.writerow(
                [field, item, english, russian, "" if number is None else number, INVENTED, "synthetic", ""]
            )


if __name__ == "__main__":
    main()
