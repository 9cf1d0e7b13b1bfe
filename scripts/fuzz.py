"""Feed damaged regions, workbooks and maps to the loaders and keep what makes them fail (`python scripts/fuzz.py`).

With atheris (`pip install atheris`) the damage follows what the code has reached; without it, it is drawn at random
from a seed. Whatever is found lies under build/fuzz, one file a finding, to be made a case of tests/regions/broken.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import sys
import tempfile
import time
import traceback
import zipfile
from contextlib import suppress
from pathlib import Path

if "--coverage" in sys.argv:
    import atheris

    with atheris.instrument_imports(include=["unicluster.tables", "unicluster.regions", "unicluster.fcm"]):
        import unicluster.fcm
        import unicluster.regions.workbook  # noqa: F401

from unicluster import fcm, paths, tables
from unicluster.faults import InputError
from unicluster.regions import examine_region, scaffold, scenario_file
from unicluster.regions.telling import as_text
from unicluster.regions.workbook import read_workbook, template

REGION = "fuzzed"
WORKBOOK = "book.xlsx"
MAPS = {
    "map.mmp": (fcm.to_mental_modeler, fcm.from_mental_modeler),
    "map.graphml": (fcm.to_graphml, fcm.from_graphml),
}
"""How a map is written and read, by the name of its file."""

MAP = fcm.from_edges([("copper", "jobs", 0.5), ("jobs", "copper", -0.25), ("science", "jobs", 0.75)])
SIGNS = [b'"', b"\n", b";", b",", b"\t", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"# ", b"[", b"{", b": ", b"&a", b"*a"]


class Target:
    """A sound region whose files are damaged one at a time."""

    def __init__(self, root: Path):
        self.root = root
        files = scaffold.new_files(REGION)
        for file_name, name in tables.region_tables().items():
            for file in (paths.REGIONS / "altynsai" / file_name, tables.table(name).file):
                if file.is_file() and len(text := file.read_text(encoding="utf-8")) > len(files[file_name]):
                    files[file_name] = "".join(text.splitlines(keepends=True)[:6])
                    break
        files[scenario_file.FILE] = (paths.REGIONS / "altynsai" / scenario_file.FILE).read_text(encoding="utf-8")
        self.folder = scaffold.create(REGION, files, root)
        self.sound = {name: text.encode() for name, text in files.items()} | {WORKBOOK: template()}
        self.sound |= {name: write(MAP).encode() for name, (write, _) in MAPS.items()}

    def run(self, name: str, content: bytes) -> None:
        """Load the damaged file; anything but a report or an `InputError` is a finding."""
        if name in MAPS:
            with suppress(InputError):
                MAPS[name][1](content)
            return
        if name == WORKBOOK:
            file = self.root / name
            file.write_bytes(content)
            with suppress(InputError):
                as_text(read_workbook(file, REGION)[1])
            return
        file = self.folder / name
        try:
            file.write_bytes(content)
            report = examine_region(REGION, self.root)
            as_text(report)
            assert all(fault.file and fault.message for fault in report.errors), "a fault without a place"
        finally:
            file.write_bytes(self.sound[name])


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The content with a few pieces cut out, doubled, changed or put in."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 5)):
        begin = chance.randrange(len(made) + 1)
        end = min(len(made), begin + chance.randrange(30))
        piece = chance.choice([chance.randbytes(chance.randrange(8)), chance.choice(SIGNS), bytes(made[begin:end]) * 2])
        made[begin:end] = piece
    return bytes(made)


def damaged_workbook(content: bytes, chance: random.Random) -> bytes:
    """A workbook one part of which is damaged, packed soundly so that the damage is read."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        chosen = chance.choice(source.namelist())
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, damaged(part, chance) if name == chosen else part)
    return made.getvalue()


def keep(name: str, content: bytes) -> None:
    """Write a finding down, with its traceback."""
    folder = paths.BUILD / "fuzz"
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{hashlib.sha256(content).hexdigest()[:12]}-{name}"
    (folder / stem).write_bytes(content)
    (folder / f"{stem}.txt").write_text(traceback.format_exc(), encoding="utf-8")
    print(f"found: build/fuzz/{stem}\n{traceback.format_exc(limit=-1)}")


def by_chance(target: Target, seconds: float, seed: int) -> int:
    """Damage drawn from a seed, for so many seconds; the number of findings."""
    chance, found, runs = random.Random(seed), 0, 0
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        name = chance.choice([*sorted(target.sound), WORKBOOK, WORKBOOK])
        packed = name == WORKBOOK and chance.random() < 0.9
        content = (damaged_workbook if packed else damaged)(target.sound[name], chance)
        runs += 1
        try:
            target.run(name, content)
        except Exception:
            found += 1
            keep(name, content)
    print(f"{runs} damaged files, {found} findings (seed {seed})")
    return found


def by_coverage(target: Target, seconds: float) -> None:
    """Damage that follows the code, with atheris."""
    names = sorted(target.sound)

    def once(data: bytes) -> None:
        if not data:
            return
        name, content = names[data[0] % len(names)], data[1:]
        try:
            target.run(name, content)
        except Exception:
            keep(name, content)
            raise

    corpus = target.root / "corpus"
    corpus.mkdir()
    for place, name in enumerate(names):
        (corpus / name).write_bytes(bytes([place]) + target.sound[name])
    atheris.Setup([sys.argv[0], f"-max_total_time={seconds:g}", "-max_len=200000", str(corpus)], once)
    atheris.Fuzz()


def main() -> int:
    """Fuzz for a while; the exit code is 1 when something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--coverage", action="store_true", help="with atheris")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as root:
        target = Target(Path(root))
        if wanted.coverage:
            by_coverage(target, wanted.seconds)
            return 0
        return 1 if by_chance(target, wanted.seconds, wanted.seed) else 0


if __name__ == "__main__":
    sys.exit(main())
