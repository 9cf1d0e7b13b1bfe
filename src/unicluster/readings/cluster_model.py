"""What to read from the pictures of the chapter on the cluster around the university."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from unicluster.display import Reading, show
from unicluster.escape import markdown


def counts(table: pd.DataFrame, compared: pd.DataFrame, oblasts: Mapping[str, str]) -> Reading:
    """Mentions, different organisations, and what the text counts without naming."""
    whole = table.iloc[-1]
    repeated, shared = whole["repeated"], whole["shared"]
    told = [
        f"The lists hold {whole['mentions']} mentions of **{whole['organisations']} organisations**: "
        f"{repeated} {_plural(repeated, 'mention repeats', 'mentions repeat')} a name of the same list, "
        f"and {shared} {_plural(shared, 'organisation stands', 'organisations stand')} in the lists of two "
        "oblasts."
    ]
    for row in compared.dropna(subset="stated").itertuples():
        place = markdown(oblasts.get(row.oblast, row.oblast))
        line = f"In {place} the text counts {row.stated} partners and names {row.mentions}"
        told.append(
            f"{line}, {row.organisations} of them different." if row.organisations < row.mentions else f"{line}."
        )
    return Reading(" ".join(told))


def identity(repeated: pd.DataFrame, alike: pd.DataFrame) -> Reading:
    """How many mentions were read as an earlier one, and which names look alike and are kept apart."""
    number = len(repeated)
    told = (
        f"{number} {_plural(number, 'mention is', 'mentions are')} read as an organisation that was "
        "mentioned before. This is our reading: without it there would be as many organisations as "
        "mentions."
    )
    if alike.empty:
        return Reading(f"{told} No two names that are kept apart look alike.")
    pairs = "; ".join(f"{markdown(r.first_name)} and {markdown(r.second_name)}" for r in alike.itertuples())
    return Reading(f"{told} Names that look alike and are kept apart: {pairs}.")


def network(parts: pd.DataFrame, names: Mapping[str, str]) -> Reading:
    """Whether the universities hang together, and by whom."""
    held = parts[parts["organisations"].gt(0)]
    told = ["All named partners hang together in one network."]
    if len(held) > 1:
        told = [f"The named partners fall into **{len(held)} networks** without a link between them."]
    for row in held[held["universities"].str.contains(";")].itertuples():
        both = " and ".join(markdown(names.get(name, name)) for name in row.universities.split(";"))
        told.append(
            f"{both} are joined by {markdown(row.bridges)} alone." if row.bridges else f"{both} share partners."
        )
    for name in parts.loc[parts["organisations"].eq(0), "universities"]:
        told.append(f"Nobody is named around {markdown(names.get(name, name))}.")
    return Reading(" ".join(told))


def outside(memberships: pd.DataFrame, by_border: pd.Series, oblasts: Mapping[str, str]) -> Reading:
    """Members that work outside their oblast, those by the new border apart."""
    rows = memberships[memberships["outside"].astype(bool)]
    if rows.empty:
        return Reading("No named member is known to work outside its oblast.")
    lines = []
    for row in rows.itertuples():
        where = "elsewhere" if pd.isna(row.located) else f"in {markdown(oblasts.get(row.located, row.located))}"
        line = f"- {markdown(row.name_en)}, named in {markdown(oblasts.get(row.oblast, row.oblast))}, works {where}"
        lines.append(f"{line} (the same oblast until June 2022)" if by_border[row.Index] else line)
    told = (
        f"{len(rows)} {_plural(len(rows), 'membership is', 'memberships are')} outside the oblast; a "
        "territorial cluster is meant to be geographically concentrated. Where they work is general "
        "knowledge (`assumed`)."
    )
    return Reading(told, "\n".join(lines))


def roles(breadth: pd.DataFrame, oblasts: Mapping[str, str]) -> Reading:
    """How broad each cluster is by the law's definition, and what is missing."""
    lines = []
    for row in breadth.itertuples():
        line = f"- **{markdown(oblasts.get(row.oblast, 'All together'))}**: {row.filled} of {row.roles} roles"
        if row.at_most > row.filled:
            line += f" (at most {row.at_most}, by members whose kind is not known)"
        lines.append(f"{line}; not filled: {markdown(row.missing)}." if row.missing else f"{line}.")
    told = "Of the roles that the law names one by one, the named members and their universities fill:"
    return Reading(told, "\n".join(lines))


def yardstick(table: pd.DataFrame, oblasts: Mapping[str, str]) -> Reading:
    """Who has enough names for the European yardstick."""
    rows = table[table["criterion"].eq("members") & table["oblast"].ne("all")]
    enough = [markdown(oblasts.get(o, o)) for o in rows.loc[rows["lacking"].eq(0), "oblast"]]
    short = [
        f"{markdown(oblasts.get(r.oblast, r.oblast))} ({r.found}, {show(r.lacking, 0)} too few)"
        for r in rows[rows["lacking"].gt(0)].itertuples()
    ]
    told = f"The yardstick asks for at least {show(rows['needed'].iloc[0], 0)} committed members."
    told += f" Enough are named in {' and '.join(enough)}." if enough else " In no oblast are enough named."
    told += f" Too few in {', '.join(short)}." if short else ""
    return Reading(
        f"{told} Two types of actors are there wherever a university and an enterprise are. To be named is "
        "not to be committed, and the article tells nothing of posts of management."
    )


def exchange(arcs: pd.DataFrame, parties: Mapping[str, str]) -> Reading:
    """How many flows there are, how many are stated, and on which arcs none is."""
    silent = [f"{parties[r.giver]} to {parties[r.receiver]}" for r in arcs[arcs["stated"].eq(0)].itertuples()]
    most = arcs.loc[arcs["flows"].idxmax()]
    told = (
        f"The text tells of {arcs['flows'].sum()} flows. Giver and receiver of {arcs['stated'].sum()} are "
        "stated; of the others at least one is read from the context. Most go from "
        f"{parties[most['giver']]} to {parties[most['receiver']]} ({most['flows']})."
    )
    return Reading(f"{told} No flow is stated outright from {', from '.join(silent)}." if silent else told)


def steps(actors: pd.DataFrame, shares: pd.DataFrame, parties: Mapping[str, str]) -> Reading:
    """Who acts how often, alone or with others."""
    told = ", ".join(f"{parties[r.party]} in {r.steps} ({r.alone} of them alone)" for r in shares.itertuples())
    return Reading(f"Of {actors['step'].nunique()} steps that the text tells, the parties act: {told}.")


def lost(figures: pd.DataFrame) -> Reading:
    """What only the lost pictures showed."""
    lines = [f"- Figure {r.figure} ({markdown(r.caption_en)}): {markdown(r.lost_en)}" for r in figures.itertuples()]
    return Reading("\n".join(lines))


def _plural(number: int, one: str, many: str) -> str:
    return one if number == 1 else many
