"""YAML that a person wrote by hand, read within limits: short, shallow, each key once, every value written out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from unicluster.faults import Fault, InputError, refuse
from unicluster.tables.encodings import decode

MAX_BYTES = 100_000
MAX_BRACKETS = 500
MAX_INDENT = 200
MAX_DEPTH = 20

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(file: Path, shown_as: str) -> tuple[Any, dict[str, int], list[Fault]]:
    """Read a file.

    Parameters
    ----------
    file : Path
    shown_as : str
        How messages call the file.

    Returns
    -------
    content : object
    lines : dict of str to int
        The line of each key of the outermost level.
    notes : list of Fault
        What was read otherwise than it is written.

    Raises
    ------
    InputError
        When the file is too large, no text, or no such YAML.
    """
    if file.stat().st_size > MAX_BYTES:
        refuse([Fault(f"the file is larger than {MAX_BYTES} bytes; such a file is short", shown_as, rule="size")])
    text, encoding = decode(file.read_bytes(), shown_as)
    notes = [] if encoding is None else [Fault(f"read as text in {encoding}; better save as UTF-8", shown_as)]
    return *parse(text, shown_as), notes


def parse(text: str, shown_as: str) -> tuple[Any, dict[str, int]]:
    """Values of a YAML text, with the line of each key of the outermost level.

    Raises
    ------
    InputError
        When it is no YAML, names a key twice, nests too deeply, or refers from one place to another.
    """
    opened = text.count("[") + text.count("{")
    deepest = max((len(line) - len(line.lstrip(" ")) for line in text.splitlines()), default=0)
    if opened > MAX_BRACKETS or deepest > MAX_INDENT or re.search(r"(?:[-?] ){20}", text):
        refuse([Fault("too many brackets or levels; such a file is short", shown_as, rule="size")])
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        _plain(node, shown_as)
        content = loader.construct_document(node) if node else None
    except InputError:
        raise
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        place = getattr(error, "problem_mark", None)
        line = place.line + 1 if place else None
        fault = Fault("not valid YAML in UTF-8; check indents and colons", shown_as, line, rule="YAML")
        raise InputError([fault]) from None
    finally:
        loader.dispose()
    lines = {}
    if isinstance(node, yaml.MappingNode):
        lines = {str(key.value): key.start_mark.line + 1 for key, _ in node.value}
    return content, lines


def _plain(node: yaml.Node | None, shown_as: str) -> None:
    """Refuse keys that come twice, references between places, and levels below levels without end."""
    seen: set[int] = set()
    waiting = [(node, 0)] if node else []
    while waiting:
        current, depth = waiting.pop()
        line = current.start_mark.line + 1
        if id(current) in seen or depth > MAX_DEPTH:
            refuse([Fault("references (& and *) or too many levels; write every value out", shown_as, line)])
        seen.add(id(current))
        if isinstance(current, yaml.MappingNode):
            keys = [key.value for key, _ in current.value if isinstance(key, yaml.ScalarNode)]
            for name in dict.fromkeys(keys):
                if keys.count(name) > 1:
                    refuse([Fault("a key that appears twice; keep one of them", shown_as, line, str(name))])
            waiting += [(part, depth + 1) for pair in current.value for part in pair]
        elif isinstance(current, yaml.SequenceNode):
            waiting += [(part, depth + 1) for part in current.value]
