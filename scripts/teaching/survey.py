"""Draw the respondents of the teaching region, who do not exist (`python scripts/teaching/survey.py`).

Writes the questions, the respondents' rows, the counts that follow from them, staff totals and two coders' codes into
`data/regions/altynsai`. Every respondent, university and answer is invented: the effects below are put in on
purpose, so
that a student can see whether a method finds them. The same seed gives the same files, byte for byte.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from unicluster import paths, survey

SEED = 20240621
FOLDER = paths.REGIONS / "altynsai"
MISSING_CODES = {"98": "does not know", "99": "refused"}

# Respondents of each university and how much more active (in logits) it is than the average one.
UNIVERSITIES = {
    "altynsai-mining": (44, 0.8),
    "altynsai-state": (38, 0.1),
    "altynsai-technical": (28, 0.5),
    "altynsai-agrarian": (22, -0.7),
    "altynsai-pedagogical": (18, -0.9),
    "altynsai-medical": (14, 0.1),
}

AGREEMENT = {
    "strongly-disagree": ("Strongly disagree", "Совершенно не согласен"),
    "disagree": ("Disagree", "Не согласен"),
    "neither": ("Neither", "Затрудняюсь выбрать"),
    "agree": ("Agree", "Согласен"),
    "strongly-agree": ("Strongly agree", "Совершенно согласен"),
}

# name: (English, Russian, choice, scale, options)
QUESTIONS = {
    "role": ("Post at the university", "Должность в университете", "single", "nominal", {
        "teacher": ("Teacher", "Преподаватель"),
        "researcher": ("Researcher", "Научный сотрудник"),
        "manager": ("Manager", "Руководитель"),
    }),
    "experience": ("Years of teaching and research", "Стаж научно-педагогической работы", "single", "ordinal", {
        "under-1": ("Under 1 year", "менее 1 года"),
        "1-3": ("1-3 years", "1–3 года"),
        "4-10": ("4-10 years", "4–10 лет"),
        "11-20": ("11-20 years", "11–20 лет"),
        "over-20": ("Over 20 years", "более 20 лет"),
    }),
    "activity": ("Level of entrepreneurial activity", "Уровень предпринимательской активности", "single", "ordinal", {
        "very-low": ("Very low", "очень низкий"),
        "low": ("Low", "низкий"),
        "medium": ("Medium", "средний"),
        "high": ("High", "высокий"),
        "very-high": ("Very high", "очень высокий"),
    }),
    "stability": ("Financial stability of the university", "Финансовая устойчивость университета",
                  "single", "ordinal", {
        "very-unstable": ("Very unstable", "очень неустойчивая"),
        "unstable": ("Unstable", "неустойчивая"),
        "moderate": ("Moderate", "умеренная"),
        "stable": ("Stable", "устойчивая"),
        "very-stable": ("Very stable", "очень устойчивая"),
    }),
    "support": ("The university supports my projects", "Университет поддерживает мои проекты",
                "single", "ordinal", AGREEMENT),
    "time": ("I have time for projects with enterprises", "У меня есть время на проекты с предприятиями",
             "single", "ordinal", AGREEMENT),
    "reward": ("Work with enterprises is rewarded", "Работа с предприятиями вознаграждается",
               "single", "ordinal", AGREEMENT),
    "partners": ("I know whom to ask at enterprises", "Я знаю, к кому обратиться на предприятиях",
                 "single", "ordinal", AGREEMENT),
    "funding": ("Sources of funding of projects", "Источники финансирования проектов", "multiple", "nominal", {
        "state": ("State funding", "государственное финансирование"),
        "grants": ("External grants and investment", "внешние гранты и инвестиции"),
        "sales": ("Sales of goods, services or courses", "доходы от продажи товаров, услуг или курсов"),
        "other": ("Other sources", "другие источники"),
        "hard-to-answer": ("Hard to answer", "затруднились с ответом"),
    }),
    "participation": ("Does the university take part in a mining cluster?",
                      "Участвует ли университет в горнодобывающем кластере?", "single", "nominal", {
        "yes": ("Takes part", "участвует"),
        "no": ("Does not take part", "не участвует"),
        "hard-to-answer": ("Hard to answer", "затруднились ответить"),
    }),
}  # fmt: skip

# The whole staff, by university and by post; both add up to the same people.
STAFF = {
    "university": {"altynsai-mining": 620, "altynsai-state": 840, "altynsai-technical": 430, "altynsai-agrarian": 390,
                   "altynsai-pedagogical": 350, "altynsai-medical": 270},
    "role": {"teacher": 2000, "researcher": 560, "manager": 340},
}  # fmt: skip

CODES = ("time", "money", "contacts", "rules")


def responses(rng: np.random.Generator) -> pd.DataFrame:
    """The respondents' rows."""
    university = np.repeat(list(UNIVERSITIES), [size for size, _ in UNIVERSITIES.values()])
    shift = np.repeat([shift for _, shift in UNIVERSITIES.values()], [size for size, _ in UNIVERSITIES.values()])
    n = len(university)
    role = rng.choice(["teacher", "researcher", "manager"], n, p=[0.6, 0.22, 0.18])
    years = rng.choice(5, n, p=[0.05, 0.17, 0.28, 0.32, 0.18])
    climate = 0.5 * shift + rng.normal(0, 1, n)
    active = shift + 1.2 * (role == "manager") + 0.4 * (role == "researcher") + 0.6 * climate + rng.logistic(0, 1, n)
    stable = 0.4 * shift + 0.3 * climate + rng.logistic(0, 1, n)
    table = {"university": university, "role": role, "experience": _options("experience", years)}
    table["activity"] = _cut("activity", active, [-2.4, -0.8, 1.1, 2.9])
    table["stability"] = _cut("stability", stable, [-3.2, -1.6, 0.2, 2.8])
    for item, (loading, middle) in {
        "support": (1.0, 0.3), "time": (0.55, -0.6), "reward": (0.8, -0.2), "partners": (0.9, 0.1),
    }.items():  # fmt: skip
        score = middle + loading * climate + rng.normal(0, 0.8, n)
        table[item] = _cut(item, score, [-1.6, -0.5, 0.5, 1.6])
    table["funding"] = _funding(rng, climate, shift, role)
    takes_part = rng.logistic(0, 1, n) + 0.5 * active > 0.2
    table["participation"] = np.where(takes_part, "yes", "no").astype(object)
    table["participation"][rng.random(n) < 0.12] = "hard-to-answer"
    rows = pd.DataFrame(table)
    _lose(rng, rows)
    # Nobody fills in a questionnaire university by university.
    rows = rows.iloc[rng.permutation(n)].reset_index(drop=True)
    rows.insert(0, "respondent", [f"r{number:03d}" for number in range(1, n + 1)])
    rows["tag"] = "synthetic"
    return rows


def codings(rng: np.random.Generator, units: int = 40) -> pd.DataFrame:
    """Two coders' codes of forty passages that were never written; the second reads one in five differently."""
    first = rng.choice(CODES, units, p=[0.35, 0.3, 0.2, 0.15])
    second = np.where(rng.random(units) < 0.8, first, rng.choice(CODES, units))
    passages = [f"p{number:02d}" for number in range(1, units + 1)]
    both = [
        pd.DataFrame({"unit": passages, "coder": c, "code": v}) for c, v in (("coder-a", first), ("coder-b", second))
    ]
    table = pd.concat(both).sort_values(["unit", "coder"], kind="stable", ignore_index=True)
    # The second coder left two passages out.
    left_out = table["coder"].eq("coder-b") & table["unit"].isin(["p07", "p31"])
    return table[~left_out].assign(tag="synthetic")


def totals() -> pd.DataFrame:
    """The invented staff."""
    rows = [(name, category, total) for name, own in STAFF.items() for category, total in own.items()]
    return pd.DataFrame(rows, columns=["variable", "category", "total"]).assign(source="invented", tag="synthetic")


def questionnaire(base: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table of questions, and that of options whose counts are still open."""
    questions, options = [], []
    for order, (name, (english, russian, choice, scale, answers)) in enumerate(QUESTIONS.items(), 1):
        questions.append(
            {"question": name, "order": order, "title_en": english, "title_ru": russian, "choice": choice,
             "choice_tag": "synthetic", "scale": scale, "base": base, "base_tag": "synthetic"}
        )  # fmt: skip
        options += [
            {"question": name, "option": option, "order": place, "label_en": label_en, "label_ru": label_ru,
             "count": None, "low": 0, "high": base, "tag": "synthetic"}
            for place, (option, (label_en, label_ru)) in enumerate(answers.items(), 1)
        ]  # fmt: skip
    return pd.DataFrame(questions), pd.DataFrame(options)


def write(name: str, table: pd.DataFrame) -> None:
    """Write one table of the region."""
    table.to_csv(FOLDER / name, index=False, lineterminator="\n")


def main() -> None:
    """Write the five tables."""
    rng = np.random.default_rng(SEED)
    rows = responses(rng)
    questions, options = questionnaire(len(rows))
    coded = survey.code_responses(rows.drop(columns="tag"), questions, options, MISSING_CODES)
    questions, counts = survey.counts_from_responses(coded, questions, options)
    write("survey_questions.csv", questions)
    write("survey_counts.csv", counts)
    write("survey_responses.csv", rows)
    write("survey_codings.csv", codings(rng))
    write("survey_totals.csv", totals())


def _options(question: str, places: np.ndarray) -> np.ndarray:
    return np.array(list(QUESTIONS[question][4]), dtype=object)[places]


def _cut(question: str, score: np.ndarray, cuts: list[float]) -> np.ndarray:
    return _options(question, np.searchsorted(cuts, score))


def _funding(rng: np.random.Generator, climate: np.ndarray, shift: np.ndarray, role: np.ndarray) -> np.ndarray:
    n = len(climate)
    chance = {
        "state": np.full(n, 0.6),
        "grants": 1 / (1 + np.exp(0.8 - 0.6 * climate - 1.4 * (role == "manager"))),
        "sales": 1 / (1 + np.exp(1.1 - 1.2 * shift)),
        "other": np.full(n, 0.1),
    }
    chosen = {name: rng.random(n) < p for name, p in chance.items()}
    told = [";".join(name for name in chosen if chosen[name][place]) for place in range(n)]
    return np.array([names or "hard-to-answer" for names in told], dtype=object)


def _lose(rng: np.random.Generator, rows: pd.DataFrame) -> None:
    """Answers left out, refused or not known; money is what people speak of least."""
    shares = {"experience": 0.02, "activity": 0.04, "stability": 0.1, "support": 0.03, "time": 0.03, "reward": 0.08,
              "partners": 0.03, "funding": 0.05, "participation": 0.02}  # fmt: skip
    for name, share in shares.items():
        lost = rng.random(len(rows)) < share
        rows.loc[lost, name] = rng.choice(["", "98", "99"], lost.sum(), p=[0.4, 0.4, 0.2])


if __name__ == "__main__":
    main()
