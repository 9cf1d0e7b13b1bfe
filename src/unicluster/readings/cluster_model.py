"""What to read from the pictures of the chapter on the cluster around the university."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from unicluster.display import Reading, show
from unicluster.escape import markdown


def counts(table: pd.DataFrame, stated: pd.DataFrame, oblasts: Mapping[str, str]) -> Reading:
    """Mentions, different organisations, and what the text counts without naming."""
    whole = table.iloc[-1]
    told = (
        f"The lists hold {whole['mentions']} mentions of **{whole['organisations']} organisations**: "
        f"{table.loc[table['oblast'].ne('all'), 'repeated'].sum()} mentions repeat a name of the same "
        "list, and "
        f"{whole['shared']} {_plural(whole['shared'], 'organisation stands', 'organisations stand')} in "
        "the lists of two oblasts."
    )
    counted = stated.dropna(subset="stated")
    beside = "; ".join(
        f"in {markdown(oblasts.get(r.oblast, r.oblast))} it counts {r.stated} and names {r.mentions}, "
        f"{r.organisations} of them different"
        for r in counted.itertuples()
    )
    if beside:
        told += f" Where the text counts partners itself, {beside}."
    return Reading(told)


def network(parts: pd.DataFrame, shared: pd.DataFrame, names: Mapping[str, str]) -> Reading:
    """Whether the universities hang together, and by whom."""
    empty = parts[parts["organisations"].eq(0)]
    held = parts[parts["organisations"].gt(0)]
    sentences = [
        f"The named partners fall into **{len(held)} separate {_plural(len(held), 'network', 'networks')}**."
    ]
    for row in held[held["universities"].str.contains(";")].itertuples():
        both = " and ".join(markdown(names.get(u, u)) for u in row.universities.split(";"))
        if row.bridges:
            sentences.append(f"{both} are joined by {markdown(row.bridges)} alone.")
        else:
            sentences.append(f"{both} have the same list.")
    for row in empty.itertuples():
        sentences.append(f"Nobody is named around {markdown(names.get(row.universities, row.universities))}.")
    return Reading(" ".join(sentences))


def outside(memberships: pd.DataFrame, by_border: pd.Series, oblasts: Mapping[str, str]) -> Reading:
    """Members that work outside their oblast, those by the new border apart."""
    rows = memberships[memberships["outside"].astype(bool)]
    if rows.empty:
        return Reading("No named member is known to work outside its oblast.")
    listed = "\n".join(
        f"- {markdown(r.name_en)}, named in {markdown(oblasts.get(r.oblast, r.oblast))}, works in "
        f"{markdown(oblasts.get(r.located, r.located))}"
        + (" (the same oblast until June 2022)" if by_border[r.Index] else "")
        for r in rows.itertuples()
    )
    return Reading(
        f"{len(rows)} {_plural(len(rows), 'membership is', 'memberships are')} outside the oblast; a "
        "territorial cluster is meant to be "
        "geographically concentrated. Where they work is general knowledge (`assumed`).",
        listed,
    )


def roles(breadth: pd.DataFrame, oblasts: Mapping[str, str]) -> Reading:
    """How broad each cluster is by the law's definition, and what is missing."""
    lines = [
        f"- **{markdown(oblasts.get(r.oblast, 'All together'))}**: {r.filled} of {r.roles} roles, "
        + (f"at most {r.at_most}" if r.at_most > r.filled else "whatever the unknown members are")
        + (f"; not filled: {markdown(r.missing)}." if r.missing else ".")
        for r in breadth.itertuples()
    ]
    return Reading(
        "Of the roles that the law names one by one, the named members and their universities fill:",
        "\n".join(lines),
    )


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
        f"{told} Two types of actors are there wherever a university and an enterprise are. That a partner "
        "is named does not mean that it is committed, and of the posts of management the article tells nothing."
    )


def exchange(arcs: pd.DataFrame, parties: Mapping[str, str]) -> Reading:
    """How many flows there are, how many are stated, and on which arcs none is."""
    silent = [f"{parties[r.giver]} to {parties[r.receiver]}" for r in arcs[arcs["stated"].eq(0)].itertuples()]
    most = arcs.loc[arcs["flows"].idxmax()]
    return Reading(
        f"The text tells of {arcs['flows'].sum()} flows; giver and receiver of {arcs['stated'].sum()} are "
        "stated, the others are read from "
        f"the context. Most go from {parties[most['giver']]} to {parties[most['receiver']]} "
        f"({most['flows']})."
        + (f" No flow is stated outright from {', from '.join(silent)}." if silent else "")
    )


def steps(actors: pd.DataFrame, shares: pd.DataFrame, parties: Mapping[str, str]) -> Reading:
    """Who acts how often, alone or with others."""
    told = ", ".join(
        f"{parties[r.party]} in {r.steps} ({r.alone} of them alone)" for r in shares.itertuples()
    )
    return Reading(f"Of {actors['step'].nunique()} steps that the text tells, the parties act: {told}.")


def lost(figures: pd.DataFrame) -> Reading:
    """What only the lost pictures showed."""
    lines = [
        f"- Figure {r.figure} ({markdown(r.caption_en)}): {markdown(r.lost_en)}" for r in figures.itertuples()
    ]
    return Reading("\n".join(lines))


def _plural(number: int, one: str, many: str) -> str:
    return one if number == 1 else many
