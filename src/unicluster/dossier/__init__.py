"""The application dossier of one region: what it holds is data (``data/dossier``), what it shows are results."""

from unicluster.dossier.content import build
from unicluster.dossier.definition import Definition, load
from unicluster.dossier.model import Cell, Dossier, Part, Picture, Table, Text
from unicluster.dossier.page import drawings, page
from unicluster.dossier.printed import printed
from unicluster.dossier.readiness import Condition, conditions, score
from unicluster.dossier.register import Register
from unicluster.dossier.word import word

__all__ = [
    "Cell",
    "Condition",
    "Definition",
    "Dossier",
    "Part",
    "Picture",
    "Register",
    "Table",
    "Text",
    "build",
    "conditions",
    "drawings",
    "load",
    "page",
    "printed",
    "score",
    "word",
]
