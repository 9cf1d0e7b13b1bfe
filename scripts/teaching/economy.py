"""Draw the economy of the teaching region, which does not exist (`python scripts/teaching/economy.py`).

Writes clusters, the growth and prices of their sectors, territories, employment, indicators and support into
``data/regions/altynsai``. Everything is invented: the region is specialised in copper on purpose, and its machine
building grows faster than elsewhere, so that a student can see whether a method finds it. The same seed gives the same
files, byte for byte.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from unicluster import paths

SEED = 20240622
FOLDER = paths.REGIONS / "altynsai"
MARK = {"source": "invented", "tag": "synthetic"}
YEARS = (2016, 2020, 2024)

# territory: (English, Russian, square kilometres, people)
TERRITORIES = {
    "altynsai": ("Altynsai (fictitious)", "Алтынсай (вымышленный)", 98_000, 640_000),
    "akdala": ("Akdala (fictitious)", "Акдала (вымышленная)", 140_000, 1_150_000),
    "kumtau": ("Kumtau (fictitious)", "Кумтау (вымышленный)", 210_000, 520_000),
    "sarybel": ("Sarybel (fictitious)", "Сарыбел (вымышленный)", 64_000, 780_000),
    "tasotkel": ("Tasotkel (fictitious)", "Тасоткел (вымышленный)", 121_000, 430_000),
    "zhasylkol": ("Zhasylkol (fictitious)", "Жасылколь (вымышленный)", 88_000, 910_000),
}

# industry: (English, Russian, share of all jobs, workers a firm, yearly growth in the country, logarithmic per cent)
INDUSTRIES = {
    "copper-mining": ("Copper mining", "Добыча меди", 0.06, 420, 0.5),
    "metallurgy": ("Metallurgy", "Металлургия", 0.07, 350, -0.5),
    "machinery": ("Machine building", "Машиностроение", 0.08, 90, 1.0),
    "chemistry": ("Chemistry", "Химия", 0.05, 110, 0.0),
    "construction": ("Construction", "Строительство", 0.16, 35, 1.5),
    "agriculture": ("Agriculture", "Сельское хозяйство", 0.22, 18, -1.5),
    "services": ("Business services", "Деловые услуги", 0.20, 12, 3.0),
    "education": ("Education", "Образование", 0.16, 60, 1.0),
}

# How much more (logarithm) of an industry a territory has than the country, and its own yearly growth, per cent.
MORE = {
    ("altynsai", "copper-mining"): 1.3, ("altynsai", "metallurgy"): 0.9, ("altynsai", "machinery"): 0.3,
    ("altynsai", "agriculture"): -0.6, ("kumtau", "copper-mining"): 0.6, ("kumtau", "metallurgy"): 0.5,
    ("akdala", "services"): 0.4, ("sarybel", "chemistry"): 0.7, ("tasotkel", "agriculture"): 0.5,
    ("zhasylkol", "machinery"): 0.5,
}  # fmt: skip
OWN_GROWTH = {("altynsai", "machinery"): 4.0, ("altynsai", "services"): 1.0, ("altynsai", "copper-mining"): -1.0}
JOBS_A_HEAD = 0.22

# cluster: (English, Russian, output of 2020 and as planned for 2024 in million tenge, effect from projects in per cent)
CLUSTERS = {
    "copper-products": ("Copper products", "Изделия из меди", 84_000, 131_000, 21),
    "mine-machines": ("Mine machines", "Горные машины", 26_500, 47_200, 34),
    "building-stone": ("Building stone", "Строительный камень", 9_800, 12_100, 8),
    "ore-reagents": ("Ore reagents", "Флотореагенты", 6_200, 11_900, 27),
}

# cluster, or the country: (English, Russian, growth of its output in the country from 2020 to 2024, per cent)
SECTORS = {
    "country": ("Whole economy", "Вся экономика", 58),
    "copper-products": ("Metallurgy", "Металлургия", 46),
    "mine-machines": ("Machine building", "Машиностроение", 63),
    "building-stone": ("Building materials", "Стройматериалы", 41),
    "ore-reagents": ("Chemistry", "Химия", 52),
}

# cluster with prices of its own: index of 2020 and 2024
PRICES = {"copper-products": (100.0, 171.5)}

# indicator: (English, Russian, unit, prices, value of 2016, yearly growth in per cent)
INDICATORS = {
    "jobs": ("Jobs in the cluster", "Рабочие места в кластере", "people", "none", 6_900, 1.6),
    "output": ("Output of the cluster", "Выпуск кластера", "million tenge of 2020", "constant", 96_000, 4.5),
    "exports": ("Exports of the cluster", "Экспорт кластера", "million tenge of 2020", "constant", 31_000, 5.5),
}
NOISE = 2.5

# year: (costs, rate of reimbursement in per cent, ceiling, gain in value added), million tenge
SUPPORT = {
    2025: (95, 75, 60, 0),
    2026: (90, 75, 60, 18),
    2027: (110, 40, 60, 46),
    2028: (120, 40, 60, 82),
    2029: (120, 40, 60, 120),
}


def clusters() -> pd.DataFrame:
    """Output of the clusters and the plan; growth in whole per cent, as the article prints it."""
    rows = [
        {
            "cluster": cluster, "name_en": en, "name_ru": ru, "place_en": "Altynsai", "place_ru": "Алтынсай",
            "oblasts": "altynsai", "base_year": 2020, "plan_year": 2024, "base_output": base, "plan_output": plan,
            "effect_percent": round(100 * (plan / base - 1)), "project_effect_percent": effect, "tag": "synthetic",
            "note": "Invented for teaching.",
        }
        for cluster, (en, ru, base, plan, effect) in CLUSTERS.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def sector_growth() -> pd.DataFrame:
    """What the country and the sectors of the clusters grew by, in current prices as the plan is."""
    rows = [(name, *told, "current") for name, told in SECTORS.items()]
    return pd.DataFrame(rows, columns=["cluster", "sector_en", "sector_ru", "growth_percent", "prices"]).assign(**MARK)


def deflators() -> pd.DataFrame:
    """Prices of the one cluster that has an index of its own."""
    rows = [
        (cluster, year, value, "2020 = 100", "false")
        for cluster, values in PRICES.items()
        for year, value in zip((2020, 2024), values, strict=True)
    ]
    return pd.DataFrame(rows, columns=["series", "year", "value", "index_base", "estimate"]).assign(**MARK)


def territories() -> pd.DataFrame:
    """The country that the region lies in."""
    rows = [(name, *told, "true" if name == "altynsai" else "false") for name, told in TERRITORIES.items()]
    return pd.DataFrame(rows, columns=["territory", "name_en", "name_ru", "area", "population", "own"]).assign(**MARK)


def employment(rng: np.random.Generator) -> pd.DataFrame:
    """Jobs and firms of every industry in every territory and year."""
    rows = []
    for territory, (_, _, _, people) in TERRITORIES.items():
        weights = {i: told[2] * np.exp(MORE.get((territory, i), 0.0)) for i, told in INDUSTRIES.items()}
        for industry, (en, ru, _, size, growth) in INDUSTRIES.items():
            jobs = people * JOBS_A_HEAD * weights[industry] / sum(weights.values())
            yearly = growth + OWN_GROWTH.get((territory, industry), 0.0)
            for year in YEARS:
                now = jobs * np.exp(yearly / 100 * (year - YEARS[0]) + rng.normal(0, 0.02))
                firms = max(1, rng.poisson(now / size))
                rows.append((territory, industry, en, ru, year, round(now), firms))
    columns = ["territory", "industry", "industry_en", "industry_ru", "year", "employment", "firms"]
    return pd.DataFrame(rows, columns=columns).assign(**MARK)


def indicators(rng: np.random.Generator) -> pd.DataFrame:
    """Nine years of what an application must justify."""
    rows = []
    for name, (en, ru, unit, prices, value, growth) in INDICATORS.items():
        for year in range(2016, 2025):
            now = value * np.exp(np.log1p(growth / 100) * (year - 2016) + rng.normal(0, NOISE / 100))
            rows.append((name, en, ru, year, round(now), unit, prices, "observed"))
    columns = ["indicator", "name_en", "name_ru", "year", "value", "unit", "prices", "kind"]
    return pd.DataFrame(rows, columns=columns).assign(**MARK)


def support() -> pd.DataFrame:
    """Five years of support at the rates announced for the pilot clusters; the costs are invented."""
    rows = [(year, *told) for year, told in SUPPORT.items()]
    return pd.DataFrame(rows, columns=["year", "cost", "rate_percent", "ceiling", "gain"]).assign(**MARK)


def main() -> None:
    """Write the seven tables."""
    rng = np.random.default_rng(SEED)
    tables = {"clusters": clusters(), "territories": territories(), "employment": employment(rng)}
    tables |= {"indicators": indicators(rng), "support": support()}
    tables |= {"sector_growth": sector_growth(), "deflators": deflators()}
    for name, table in tables.items():
        table.to_csv(FOLDER / f"{name}.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
