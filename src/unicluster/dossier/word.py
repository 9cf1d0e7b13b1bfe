"""A dossier as a Word document to be edited: real tables, figures with captions and alternative text."""

from __future__ import annotations

import datetime
import io
import zipfile

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph

from unicluster.dossier.model import Cell, Dossier, Part, Picture, Table, Text
from unicluster.dossier.page import heading, tagged_caption
from unicluster.escape import seen
from unicluster.language import _, speaking

WIDTH = Cm(17.4)
FONT = "Arial"
SMALL, BODY = Pt(7.5), Pt(9.5)
MUTED, OPEN = RGBColor(0x59, 0x59, 0x59), RGBColor(0x9C, 0x3A, 0x00)
LOCALES = {"en": "en-GB", "ru": "ru-RU"}
MOMENT = datetime.datetime(2024, 1, 1)
ZIPPED = (1980, 1, 1, 0, 0, 0)
LONGEST_ALT = 4000


def word(dossier: Dossier) -> bytes:
    """The document, the same bytes for the same dossier."""
    with speaking(dossier.language):
        return _word(dossier)


def _word(dossier: Dossier) -> bytes:
    document = Document()
    _prepare(document, dossier)
    document.add_heading(seen(dossier.title), level=0)
    if dossier.fictitious:
        _paragraph(document, Text(dossier.fictitious, "warning"))
    counts = {"table": 0, "figure": 0}
    for part in dossier.parts:
        _part(document, part, counts)
    return _same_bytes(document)


def _prepare(document: WordDocument, dossier: Dossier) -> None:
    """Page, fonts, language, properties, header and footer."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(2)
    for name in ("Normal", "Title", "Heading 1", "Caption", "Header", "Footer"):
        _font(document.styles[name])
    document.styles["Normal"].font.size = BODY
    document.styles["Title"].font.size = Pt(20)
    document.styles["Heading 1"].font.size = Pt(14)
    document.styles["Caption"].font.size = Pt(8.5)
    document.styles["Caption"].font.color.rgb = RGBColor(0x22, 0x22, 0x22)
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for tongue in defaults.findall(qn("w:lang")):
        tongue.set(qn("w:val"), LOCALES[dossier.language])
    head = f"{dossier.title}. {dossier.fictitious}" if dossier.fictitious else dossier.title
    section.header.paragraphs[0].text = seen(head)
    section.header.paragraphs[0].runs[0].font.size = SMALL
    _page_number(section.footer.paragraphs[0])
    properties = document.core_properties
    properties.title, properties.author = seen(dossier.title), "unicluster"
    properties.comments, properties.language = "", LOCALES[dossier.language]
    properties.created = properties.modified = MOMENT
    properties.last_modified_by, properties.revision = "unicluster", 1


def _font(style) -> None:
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def _part(document: WordDocument, part: Part, counts: dict[str, int]) -> None:
    document.add_heading(seen(heading(part)), level=1)
    if part.content:
        run = document.add_paragraph(part.content).runs[0]
        run.font.color.rgb = MUTED
    for block in part.blocks:
        if isinstance(block, Table):
            _table(document, block, counts)
        elif isinstance(block, Picture):
            _picture(document, block, counts)
        else:
            _paragraph(document, block)


def _paragraph(document: WordDocument, text: Text) -> None:
    run = document.add_paragraph().add_run(seen(text.text))
    run.bold = text.kind == "warning"
    if text.kind == "open":
        run.font.color.rgb = OPEN


def _caption(document: WordDocument, label: str, number: int, text: str, above: bool) -> None:
    caption = document.add_paragraph(f"{label} {number}. {text}", style="Caption")
    caption.paragraph_format.keep_with_next = above
    caption.paragraph_format.space_before = Pt(8 if above else 2)


def _table(document: WordDocument, table: Table, counts: dict[str, int]) -> None:
    counts["table"] += 1
    sources = f" [{', '.join(table.sources)}]" if table.sources else ""
    _caption(document, _("Table"), counts["table"], seen(table.caption) + sources, above=True)
    if table.note:
        note = document.add_paragraph()
        note.paragraph_format.keep_with_next = True
        run = note.add_run(seen(table.note))
        run.font.size, run.font.color.rgb = SMALL, MUTED
    made = document.add_table(rows=1 + len(table.rows), cols=len(table.headings), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.LEFT
    made.autofit = False
    widths = _widths(table)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    # A row's cells are found by python-docx anew each time; asked once a row, a long table takes seconds, not minutes.
    head = [Cell(heading) for heading in table.headings]
    for number, (row, cells) in enumerate(zip(made.rows, (head, *table.rows), strict=True)):
        for at, (place, cell) in enumerate(zip(row.cells, cells, strict=True)):
            place.width = widths[at]
            _fill(place, cell, bold=number == 0, right=table.numeric[at])
        _row_options(row, head=number == 0)
    _describe_table(made, seen(table.caption))
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _fill(place: WordCell, cell: Cell, bold: bool, right: bool) -> None:
    paragraph = place.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(seen(cell.text))
    run.font.size, run.bold = SMALL, bold or None
    if cell.open:
        run.font.color.rgb = OPEN


def _widths(table: Table) -> list[Cm]:
    """Shares of the text width by what the columns hold, none narrower than its longest number or short word."""
    weights = []
    for at, heading_text in enumerate(table.headings):
        texts = [heading_text, *(row[at].text for row in table.rows)]
        longest_word = max((len(part) for text in texts for part in text.split()), default=1)
        longest = max(len(text) for text in texts)
        weights.append(max(min(longest, 42) ** 0.75, min(longest_word, 16) * 0.85, 4))
    return [int(WIDTH * weight / sum(weights)) for weight in weights]


def _row_options(row, head: bool) -> None:
    """A heading is repeated on every page; no row is cut in two."""
    options = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", *(("w:tblHeader",) if head else ())):
        options.append(OxmlElement(name))


def _describe_table(made: WordTable, text: str) -> None:
    described = OxmlElement("w:tblCaption")
    described.set(qn("w:val"), text)
    made._tbl.tblPr.append(described)


def _picture(document: WordDocument, picture: Picture, counts: dict[str, int]) -> None:
    counts["figure"] += 1
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    width, height = picture.figure.canvas.get_size_inches()
    shown = min(WIDTH.inches, 22 / 2.54 * width / height)
    drawn = paragraph.add_run().add_picture(io.BytesIO(picture.figure.png()), width=Cm(shown * 2.54))
    named = drawn._inline.docPr
    named.set("name", picture.name)
    named.set("descr", seen(picture.figure.alt)[:LONGEST_ALT])
    _caption(document, _("Figure"), counts["figure"], tagged_caption(picture), above=False)


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            element.text = text
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _same_bytes(document: WordDocument) -> bytes:
    """The file with one date on all its members."""
    first, second = io.BytesIO(), io.BytesIO()
    document.save(first)
    with zipfile.ZipFile(first) as made, zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as told:
        for name in made.namelist():
            info = zipfile.ZipInfo(name, ZIPPED)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            told.writestr(info, made.read(name))
    return second.getvalue()
