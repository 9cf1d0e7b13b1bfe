"""Respondent rows: what is read, and every fault named at once."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unicluster.faults import InputError
from unicluster.survey.responses import code_responses

QUESTIONS = pd.DataFrame(
    [("activity", "single", "ordinal"), ("funding", "multiple", "nominal"), ("post", "single", "nominal")],
    columns=["question", "choice", "scale"],
)
OPTIONS = pd.DataFrame(
    [
        ("activity", "high", 3),
        ("activity", "low", 1),
        ("activity", "medium", 2),
        ("activity", "hard to say", None),
        ("funding", "state", 1),
        ("funding", "grants", 2),
        ("funding", "sales", 3),
        ("post", "teacher", 1),
        ("post", "dean", 2),
    ],
    columns=["question", "option", "order"],
)
COLUMNS = ["respondent", "university", "activity", "funding", "post"]
ROWS = [
    ("r1", "KarTU", "low", "state;grants", "teacher"),
    ("r2", "KarTU", "high", "", "dean"),
    ("r3", "VKTU", "99", "sales", "teacher"),
    ("r4", "VKTU", "hard to say", " grants ; state ", None),
]


def coded(rows=ROWS, questions=QUESTIONS, options=OPTIONS, columns=COLUMNS, codes=None):
    table = pd.DataFrame(rows, columns=columns)
    return code_responses(table, questions, options, {"99": "refused"} if codes is None else codes)


def faults(*args, **kwargs):
    with pytest.raises(InputError) as caught:
        coded(*args, **kwargs)
    return str(caught.value)


def changed(row, column, value):
    rows = [list(r) for r in ROWS]
    rows[row][COLUMNS.index(column)] = value
    return rows


def test_answers_are_coded_in_the_order_of_the_scale():
    responses = coded()
    assert responses.questions == ("activity", "funding", "post")
    assert list(responses.ordinal("activity").cat.categories) == ["low", "medium", "high"]
    assert responses.scores(["activity"])["activity"].tolist()[:2] == [1.0, 3.0]
    assert responses.scores(["activity"])["activity"].isna().tolist() == [False, False, True, True]
    assert responses.single["activity"].tolist()[3] == "hard to say"
    assert responses.university.tolist() == ["KarTU", "KarTU", "VKTU", "VKTU"]


def test_several_answers_become_columns_and_missing_rows_are_left_out():
    selections = coded().selections("funding")
    assert selections.index.tolist() == ["r1", "r3", "r4"]
    assert selections.to_numpy().tolist() == [[1, 1, 0], [0, 0, 1], [1, 1, 0]]


def test_missing_answers_keep_their_reason():
    missing = coded().missing
    assert missing.loc["r3", "activity"] == "refused"
    assert missing.loc["r2", "funding"] == "no answer"
    assert missing.loc["r4", "post"] == "no answer"
    assert missing.notna().to_numpy().sum() == 3


def test_a_column_of_order_numbers_is_the_same_as_one_of_names():
    numbers = {"low": 1, "medium": 2, "high": 3, "99": 99}
    rows = [(a, b, numbers[c], d, e) for a, b, c, d, e in ROWS[:3]]
    by_number, by_name = coded(rows), coded(ROWS[:3])
    pd.testing.assert_frame_equal(by_number.single, by_name.single)
    pd.testing.assert_frame_equal(by_number.missing, by_name.missing)


def test_one_university_and_an_option_nobody_chose_are_defined():
    responses = coded(ROWS[:2])
    assert responses.university.nunique() == 1
    assert "medium" in responses.ordinal("activity").cat.categories
    assert responses.selections("funding")["sales"].tolist() == [0]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            changed(1, "respondent", "r1"),
            "row 3, column respondent: found 'r1': the respondent is already in row 2",
        ),
        (changed(2, "respondent", ""), "row 4, column respondent: empty"),
        (changed(2, "university", " "), "row 4, column university: empty"),
        (
            changed(1, "university", "kartu"),
            "row 3, column university: found 'kartu': elsewhere spelt 'KarTU'",
        ),
        (
            changed(0, "activity", "hihg"),
            "row 2, column activity: found 'hihg': no such option; write 'high'",
        ),
        (changed(0, "activity", "High"), "found 'High': no such option; write 'high'"),
        (changed(0, "activity", "7"), "found '7': no such option; options are 'low', 'medium', 'high'"),
        (
            changed(0, "activity", "low;high"),
            "row 2, column activity: several answers to a question that allows",
        ),
        (
            changed(0, "activity", "1"),
            "row 2, column activity: two codings in one column: here order numbers",
        ),
        (changed(0, "funding", "1;grants"), "row 2, column funding: two codings in one column"),
        (changed(0, "funding", "state;oil"), "row 2, column funding: found 'oil': no such option"),
        (changed(0, "funding", "state;state"), "row 2, column funding: the same option twice"),
        (changed(0, "funding", "state;99"), "found '99': a missing code beside an answer"),
        (changed(0, "funding", ";"), "row 2, column funding: found ';': no such option"),
        ([], "no respondents"),
    ],
)
def test_a_fault_of_a_row_is_placed_and_explained(rows, message):
    assert message in faults(rows)


def test_a_fault_in_many_rows_is_told_once():
    rows = [(f"r{i}", "KarTU", "hihg", "state", "dean") for i in range(10)]
    text = faults(rows)
    assert text.count("hihg") == 1
    assert "row 2" in text and "also rows 3, 4, 5, 6, 7, 8, …" in text


def test_all_faults_are_told_at_once():
    rows = changed(1, "respondent", "r1")
    rows[0][2], rows[2][3], rows[3][1] = "hihg", "oil", ""
    text = faults(rows, columns=[*COLUMNS[:-1], "pots"])
    for part in (
        "already in row 2",
        "'hihg'",
        "'oil'",
        "university: empty",
        "write 'post'",
        "column post: the col",
    ):
        assert part in text


def test_lines_of_the_file_are_used_when_known():
    table = pd.DataFrame(changed(0, "activity", "hihg"), columns=COLUMNS)
    table.attrs["lines"] = [5, 7, 8, 9]
    with pytest.raises(InputError, match="row 5, column activity"):
        code_responses(table, QUESTIONS, OPTIONS, {"99": "refused"})


@pytest.mark.parametrize(
    ("questions", "options", "codes", "message"),
    [
        (
            pd.concat([QUESTIONS, QUESTIONS[:1]]),
            OPTIONS,
            None,
            "column activity: the question is listed twice",
        ),
        (
            QUESTIONS.replace("multiple", "unknown"),
            OPTIONS,
            None,
            "found 'unknown': respondent rows need a choice",
        ),
        (QUESTIONS.replace("ordinal", "ratio"), OPTIONS, None, "found 'ratio': a scale is"),
        (QUESTIONS.assign(scale="ordinal"), OPTIONS, None, "several answers are not one point of a scale"),
        (QUESTIONS, OPTIONS[4:], None, "column activity: the question has no options"),
        (QUESTIONS, OPTIONS[2:], None, "column activity: a scale needs two ordered options"),
        (QUESTIONS[1:], OPTIONS, None, "column activity: options of a question that is not listed"),
        (
            QUESTIONS,
            pd.concat([OPTIONS, OPTIONS[4:5].assign(order=9)]),
            None,
            "found 'state': the option is listed twi",
        ),
        (QUESTIONS, OPTIONS.replace({"order": {3: 2}}), None, "two options have the same order"),
        (QUESTIONS, OPTIONS, {"state": "?"}, "found 'state': also a missing code"),
        (QUESTIONS, OPTIONS.replace("state", "state;oblast"), None, "';' separates answers"),
        (
            QUESTIONS.drop(columns="scale"),
            OPTIONS.drop(columns="order"),
            None,
            "column scale: the column is missing",
        ),
    ],
)
def test_a_fault_of_the_questionnaire_is_explained(questions, options, codes, message):
    assert message in faults(questions=questions, options=options, codes=codes)


def test_a_question_of_the_wrong_kind_is_refused():
    with pytest.raises(InputError, match="not an ordinal question; those are 'activity'"):
        coded().ordinal("post")
    with pytest.raises(InputError, match="not a multiple-choice question; those are 'funding'"):
        coded().selections("activity")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["low", "medium", "high", "hard to say", ""]),
            st.sets(st.sampled_from(["state", "grants", "sales"])),
            st.sampled_from(["teacher", "dean", "99"]),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_every_answer_can_be_read_back(answers):
    rows = [(str(i), "U", a, ";".join(sorted(f)), p) for i, (a, f, p) in enumerate(answers)]
    responses = coded(rows)
    for i, (activity, funding, post) in enumerate(answers):
        assert responses.single["activity"].astype(object).fillna("").iloc[i] == activity
        chosen = responses.multiple["funding"].iloc[i]
        assert np.isnan(chosen).all() if not funding else set(chosen[chosen > 0].index) == funding
        assert responses.missing["post"].iloc[i] == ("refused" if post == "99" else None)
