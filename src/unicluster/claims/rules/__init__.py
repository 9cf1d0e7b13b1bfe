"""Rules that recompute a claim from the data tables, by topic.

A rule is called ``topic.name``. It gets the evidence and the claim's arguments, never the claim: what it answers
cannot depend on the value that it is held against.
"""

from collections.abc import Callable
from inspect import getmembers, isfunction

from unicluster.claims.answers import Answer
from unicluster.claims.rules import article, clusters, lists, literature, members, references, survey, universities

Rule = Callable[..., Answer]

RULES: dict[str, Rule] = {
    f"{topic.__name__.rpartition('.')[2]}.{name}": function
    for topic in (article, clusters, lists, literature, members, references, survey, universities)
    for name, function in getmembers(topic, isfunction)
    if function.__module__ == topic.__name__ and not name.startswith("_")
}
"""Every rule by name."""

__all__ = ["RULES", "Rule"]
