"""XML that may come from anywhere."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from unicluster.faults import InputError

LARGEST = 16_000_000


def refuse_unsafe_xml(text: str | bytes) -> Element:
    """Root of an XML text, once it is known to be harmless.

    Raises
    ------
    InputError
        If it is larger than 16 MB, is not well-formed, or has a document type: with that come
        entities, which can blow up in memory or fetch other files.
    """
    if len(text) > LARGEST:
        raise InputError(f"the text has {len(text)} characters; at most {LARGEST} are read")
    try:
        return fromstring(text, forbid_dtd=True)
    except DefusedXmlException as error:
        raise InputError("the XML has a document type or entities, which are not read: remove them") from error
    except (ParseError, ValueError, LookupError) as error:
        raise InputError(f"this is no well-formed XML: {error}") from error
