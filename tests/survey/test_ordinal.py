"""Ordered logit against the published fit of the UCLA data, and what it must refuse."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats
from scipy.optimize import minimize

from unicluster.faults import InputError
from unicluster.survey.marginal_effects import marginal_effects
from unicluster.survey.ordinal import ordered_logit

CASES = Path(__file__).parents[1] / "cases" / "survey"
NAMES = ["pared", "public", "gpa"]


def scale(values, categories):
    return pd.Series(pd.Categorical(values, categories, ordered=True))


@pytest.fixture(scope="module")
def ucla():
    table = pd.read_csv(CASES / "ologit_ucla.csv")
    return scale(table["apply"], ["unlikely", "somewhat likely", "very likely"]), table[NAMES]


@pytest.fixture(scope="module")
def fit(ucla):
    return ordered_logit(*ucla)


def drawn(seed=0, n=300, categories=4, clusters=10):
    """Answers drawn from a known model, with a number and a category as predictors."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n)
    post = rng.choice(["dean", "rector", "teacher"], n)
    latent = 0.8 * x + 0.6 * (post == "teacher") + rng.logistic(size=n)
    answers = pd.Series(pd.cut(latent, [-np.inf, *np.linspace(-1, 2, categories - 1), np.inf], labels=False))
    return scale(answers, range(categories)), pd.DataFrame({"x": x, "post": post}), np.arange(n) % clusters


def test_published_fit(fit):
    case = json.loads((CASES / "ucla_ologit_clm.json").read_text())
    expected, tolerance = case["expected"], case["tolerance"]
    coefficients = fit.coefficients
    assert coefficients["coefficient"].tolist() == pytest.approx(expected["coef"], abs=tolerance["coef"])
    assert coefficients["standard_error"].tolist() == pytest.approx(expected["se"], abs=tolerance["se"])
    thresholds = fit.thresholds["threshold"].tolist()
    assert thresholds == pytest.approx(expected["thresholds"], abs=tolerance["thresholds"])
    assert fit.log_likelihood == pytest.approx(expected["loglik"], abs=tolerance["loglik"])


def test_errors_of_the_thresholds_and_the_null_likelihood(fit):
    # R MASS::polr prints 0.7795 and 0.8043; Stata's iteration 0 prints -370.60264.
    assert fit.thresholds["standard_error"].tolist() == pytest.approx([0.7795, 0.8043], abs=1e-4)
    assert fit.null_log_likelihood == pytest.approx(-370.60264, abs=1e-5)
    assert fit.thresholds.index.tolist() == ["unlikely | somewhat likely", "somewhat likely | very likely"]


def test_tests_and_intervals(fit):
    row = fit.coefficients.loc["gpa"]
    assert row["statistic"] == pytest.approx(2.3625, abs=1e-3)
    assert row["p"] == pytest.approx(0.01815, abs=1e-4)
    assert row["low"] == pytest.approx(row["coefficient"] - 1.959964 * row["standard_error"])
    assert fit.coefficients.loc["pared", "odds_ratio"] == pytest.approx(2.8510, abs=1e-4)


def test_a_likelihood_written_from_the_definition_has_the_same_maximum():
    answers, predictors, _ = drawn(1)
    found = ordered_logit(answers, predictors)
    X, y = found.design.to_numpy(), answers.cat.codes.to_numpy()
    assert list(found.design) == ["x", "post: rector", "post: teacher"]

    def loss(b):
        cuts = np.concatenate([[-np.inf], np.sort(b[3:]), [np.inf]])
        eta = X @ b[:3]
        return -np.log(stats.logistic.cdf(cuts[y + 1] - eta) - stats.logistic.cdf(cuts[y] - eta)).sum()

    best = minimize(loss, np.concatenate([np.zeros(3), [-1, 0, 1]]), method="BFGS")
    assert found.log_likelihood == pytest.approx(-best.fun, abs=1e-6)
    assert found.parameters == pytest.approx(best.x, abs=1e-4)
    assert found.predict().sum(axis=1).to_numpy() == pytest.approx(1)


def test_two_points_of_a_scale_are_a_binary_logit():
    answers, predictors, _ = drawn(2, categories=2)
    found = ordered_logit(answers, predictors[["x"]])
    logit = sm.Logit(answers.cat.codes.astype(float), sm.add_constant(predictors["x"])).fit(disp=False)
    assert found.coefficients.loc["x", "coefficient"] == pytest.approx(logit.params["x"], abs=1e-5)
    assert found.coefficients.loc["x", "standard_error"] == pytest.approx(logit.bse["x"], abs=1e-4)
    assert found.thresholds["threshold"].item() == pytest.approx(-logit.params["const"], abs=1e-5)


def test_units_of_a_predictor_do_not_matter():
    answers, predictors, university = drawn(3)
    plain = ordered_logit(answers, predictors, university)
    turned = ordered_logit(answers, predictors.assign(x=1e6 + 1000 * predictors["x"]), university)
    row, other = plain.coefficients.loc["x"], turned.coefficients.loc["x"]
    assert other["coefficient"] == pytest.approx(row["coefficient"] / 1000, rel=1e-5)
    assert other["standard_error"] == pytest.approx(row["standard_error"] / 1000, rel=1e-4)
    assert other["p"] == pytest.approx(row["p"], rel=1e-3)


def test_clustered_errors_are_the_sandwich_of_the_scores():
    answers, predictors, university = drawn(4)
    found = ordered_logit(answers, predictors, university)
    X, y = found.design.to_numpy(), answers.cat.codes.to_numpy()
    n, k = len(y), len(found.parameters)

    def likelihoods(b):
        cuts = np.concatenate([[-np.inf], b[3:], [np.inf]])
        eta = X @ b[:3]
        return np.log(stats.logistic.cdf(cuts[y + 1] - eta) - stats.logistic.cdf(cuts[y] - eta))

    step = np.eye(k) * 1e-5
    scores = np.array([(likelihoods(found.parameters + h) - likelihoods(found.parameters - h)) / 2e-5 for h in step])
    bread = ordered_logit(answers, predictors).covariance.to_numpy()
    sums = np.array([scores[:, university == g].sum(axis=1) for g in range(10)])
    expected = bread @ sums.T @ sums @ bread * 10 / 9 * (n - 1) / (n - k)
    assert found.covariance.to_numpy() == pytest.approx(expected, rel=2e-3, abs=1e-6)
    row = found.coefficients.loc["x"]
    assert row["p"] == pytest.approx(2 * stats.t(9).sf(abs(row["statistic"])))
    assert "10 clusters" in found.notes[0]


def test_an_empty_category_is_left_out_and_named():
    answers, predictors, _ = drawn(5)
    wider = answers.cat.add_categories([9])
    found, plain = ordered_logit(wider, predictors), ordered_logit(answers, predictors)
    assert found.empty == ("9",)
    assert "nobody chose '9'" in found.notes[0]
    pd.testing.assert_frame_equal(found.coefficients, plain.coefficients)


def test_rows_with_a_missing_value_are_dropped_and_counted():
    answers, predictors, university = drawn(6)
    answers = answers.copy()
    answers[:5], predictors.loc[5:7, "x"] = np.nan, np.nan
    groups = pd.Series(university).astype(float).where(lambda g: g.index != 8)
    found = ordered_logit(answers, predictors, groups)
    rest = ordered_logit(answers[9:], predictors[9:], groups[9:])
    assert (found.dropped, found.observations, found.clusters) == (9, 291, 10)
    assert found.parameters == pytest.approx(rest.parameters)


@pytest.mark.parametrize(
    ("answers", "predictors", "cluster", "reason"),
    [
        (["a"] * 30, {"x": range(30)}, None, "all 30 answers are 'a'"),
        ([None] * 30, {"x": range(30)}, None, "no respondent has an answer"),
        (list("abc") * 10, {"x": [1] * 30}, None, "the predictors 'x' are the same for every respondent"),
        (list("abc") * 10, {"x": range(30), "z": range(30)}, None, "'x', 'z' are collinear"),
        (list("abc") * 10, {}, None, "there is no predictor"),
        (list("abc") * 10, {"x": range(30), "u": ["K"] * 30}, None, "the predictors 'u' are the same"),
        (list("abc"), {"x": [1, 3, 2]}, None, "3 respondents are too few for 3 parameters"),
        (list("abc") * 10, {"x": range(30)}, ["K"] * 30, "errors clustered by university need two or more"),
        (["a"] * 10 + ["b"] * 10 + ["c"] * 10, {"x": range(30)}, None, "the answers are separated by 'x'"),
        (list("ab") * 10 + ["c"] * 10, {"x": [0] * 20 + [1] * 10}, None, "the answers are separated by 'x'"),
    ],
)
def test_what_cannot_be_estimated_says_why(answers, predictors, cluster, reason):
    design = pd.DataFrame(predictors, index=range(len(answers)))
    with pytest.raises(InputError, match=f"ordered logit cannot be estimated because .*{reason}"):
        ordered_logit(scale(answers, list("abc")), design, cluster)


def test_answers_without_an_order_or_of_another_length_are_refused():
    with pytest.raises(InputError, match="ordered category"):
        ordered_logit(pd.Series([1, 2, 3]), pd.DataFrame({"x": [1, 2, 3]}))
    with pytest.raises(InputError, match="one row a respondent"):
        ordered_logit(scale(list("abc"), list("abc")), pd.DataFrame({"x": [1, 2]}))


def test_effects_are_changes_of_predicted_probability(fit):
    effects = marginal_effects(fit)["effect"]
    assert effects.groupby("predictor").sum().to_numpy() == pytest.approx(0, abs=1e-12)
    h = 1e-5
    slope = (fit.predict(fit.design.assign(gpa=fit.design["gpa"] + h)) - fit.predict()).mean() / h
    assert effects["gpa"].to_numpy() == pytest.approx(slope.to_numpy(), abs=1e-5)
    change = (fit.predict(fit.design.assign(pared=1)) - fit.predict(fit.design.assign(pared=0))).mean()
    assert effects["pared"].to_numpy() == pytest.approx(change.to_numpy())


def test_effects_of_a_category_are_against_its_first_option():
    answers, predictors, university = drawn(7)
    found = ordered_logit(answers, predictors, university)
    effects = marginal_effects(found).loc["post: rector"]
    columns = ["post: rector", "post: teacher"]
    rector = found.predict(found.design.assign(**dict(zip(columns, [1.0, 0.0], strict=True))))
    dean = found.predict(found.design.assign(**dict(zip(columns, [0.0, 0.0], strict=True))))
    assert effects["effect"].to_numpy() == pytest.approx((rector - dean).mean().to_numpy())
    reach = stats.t(9).ppf(0.975) * effects["standard_error"]
    assert (effects["high"] - effects["effect"]).to_numpy() == pytest.approx(reach.to_numpy())


def test_errors_of_effects_match_draws_of_the_parameters(fit):
    rng = np.random.default_rng(0)
    X, j = fit.design.to_numpy(), 2
    values = []
    for b in rng.multivariate_normal(fit.parameters, fit.covariance, 4000):
        density = stats.logistic.pdf(b[3:] - (X @ b[:3])[:, None])
        values.append(-b[j] * density[:, 0].mean())
    error = marginal_effects(fit).loc[("gpa", "unlikely"), "standard_error"]
    assert np.std(values) == pytest.approx(error, rel=0.05)
