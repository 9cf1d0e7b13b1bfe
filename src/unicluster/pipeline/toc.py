"""The book's table of contents: the committed pages and the generated ones."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

import yaml

from unicluster import paths
from unicluster.pipeline.plan import Job
from unicluster.regions import DEFAULT

REFERENCE = {
    "caption": "Reference",
    "chapters": [
        {"file": "generated/glossary"},
        {"file": "generated/data"},
        {"file": "generated/downloads"},
        {"file": "generated/runs"},
        {"file": "cite"},
        {"file": "bibliography"},
    ],
}


def contents(jobs: Iterable[Job]) -> str:
    """The table of contents as YAML: the article's chapters first, then each other region with its chapters below it.

    The committed ``book/_toc.yml`` holds the pages that people write; they come before the generated ones.
    """
    toc = yaml.safe_load((paths.BOOK / "_toc.yml").read_text(encoding="utf-8"))
    others: list[dict[str, Any]] = [{"file": "generated/comparison"}]
    for region, its_jobs in groupby(jobs, key=lambda job: job.region):
        index = {"file": f"generated/{region.region}/index"}
        pages = [{"file": job.page.relative_to(paths.BOOK).with_suffix("").as_posix()} for job in its_jobs]
        pages += [{"file": f"generated/{region.region}/{name}"} for name in ("dossier", "dossier-ru")]
        if region.region == DEFAULT:
            pages.append({"file": f"generated/{region.region}/errata"})
            toc["parts"].append({"caption": "The article's data", "chapters": [index, *pages]})
        else:
            others.append({**index, "sections": pages})
    toc["parts"].append({"caption": "Regions", "chapters": others})
    toc["parts"].append(REFERENCE)
    return yaml.safe_dump(toc, allow_unicode=True, sort_keys=False)
