"""A dossier as one HTML document with everything in it, to be printed."""

from __future__ import annotations

import base64

from unicluster.dossier.model import Dossier, Picture, Table
from unicluster.dossier.page import banner, heading, table_html, tagged_caption, text_html
from unicluster.escape import seen_html
from unicluster.language import speaking

STYLE = """
@page { size: A4; margin: 22mm 14mm 18mm 14mm; }
body { font-family: "DejaVu Sans", sans-serif; font-size: 9pt; line-height: 1.4; color: #222; margin: 0; }
h1 { font-size: 18pt; line-height: 1.2; margin: 0 0 4mm; }
h2 { font-size: 13pt; margin: 8mm 0 2mm; break-after: avoid; border-bottom: 1px solid #767676; }
p { margin: 0 0 2mm; }
table { border-collapse: collapse; width: 100%; font-size: 7.5pt; margin-bottom: 4mm; }
th, td { border-bottom: 1px solid #d9d9d9; padding: 1mm 1.5mm; text-align: left; vertical-align: top; }
th, td { overflow-wrap: break-word; }
thead { display: table-header-group; }
thead th { border-bottom: 1px solid #222; vertical-align: bottom; }
tr { break-inside: avoid; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td:first-child { white-space: nowrap; color: #595959; }
td.open, .dossier-open { color: #9c3a00; }
.dossier-warning { border-left: 1.2mm solid #d55e00; padding: 1.5mm 3mm; margin: 0 0 3mm; background: #fdf1e8; }
.dossier-content { color: #595959; break-after: avoid; }
.dossier-note { font-size: 8pt; color: #595959; break-after: avoid; }
.table-caption { font-weight: bold; margin: 4mm 0 1mm; break-after: avoid; }
.dossier-source { font-weight: normal; color: #595959; }
figure { margin: 3mm 0 5mm; break-inside: avoid; text-align: center; }
figure img { max-width: 100%; max-height: 215mm; }
figcaption { font-size: 8pt; text-align: left; }
"""


def printed(dossier: Dossier) -> str:
    """The document as text; figures are inside it, nothing is loaded from elsewhere."""
    with speaking(dossier.language):
        return _printed(dossier)


def _printed(dossier: Dossier) -> str:
    parts = []
    for part in dossier.parts:
        parts.append(f"<h2>{seen_html(heading(part))}</h2>")
        if part.content:
            parts.append(f'<p class="dossier-content">{seen_html(part.content)}</p>')
        for block in part.blocks:
            if isinstance(block, Picture):
                parts.append(_figure(block))
            elif isinstance(block, Table):
                parts.append(table_html(block))
            else:
                parts.append(text_html(block))
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html>\n<html lang="{dossier.language}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{seen_html(dossier.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{seen_html(dossier.title)}</h1>\n{banner(dossier)}\n{body}\n</body>\n</html>\n"
    )


def _figure(picture: Picture) -> str:
    svg = base64.b64encode(picture.svg.encode()).decode()
    alt = seen_html(picture.figure.alt)
    return (
        f'<figure><img src="data:image/svg+xml;base64,{svg}" alt="{alt}">'
        f"<figcaption>{seen_html(tagged_caption(picture))}</figcaption></figure>"
    )
