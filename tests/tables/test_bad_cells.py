"""What is said of cells that hold the wrong thing: empty, of another type, beyond limits, unknown."""

import pytest

from tests.tables.sheets import Sheet, referring
from unicluster import tables


def test_empty_cell_where_a_value_is_required(sheet):
    for field in sheet.fields(lambda field: field.required):
        place = sheet.header.index(field.name)
        kept = sheet.rows[1][place]
        sheet.put(field.name, "", row=1)
        fault = sheet.write().only_fault()
        assert (fault.row, fault.column) == (3, field.name)
        assert fault.message == "a value is required here"
        sheet.put(field.name, kept, row=1)


WRONG = {
    "integer": ("1.5", "a whole number is needed"),
    "number": ("1,5", "a number is needed, with a point as decimal sign and no spaces"),
    "boolean": ("yes", "true or false is needed"),
}


def test_wrong_type_in_every_typed_column_at_once(sheet):
    typed = sheet.fields(lambda field: field.type in WRONG)
    if not typed:
        pytest.skip("this table holds text only")
    for field in typed:
        sheet.put(field.name, WRONG[field.type][0], row=1)
    faults = sheet.write().faults()
    expected = [(3, field.name, WRONG[field.type][0], WRONG[field.type][1]) for field in typed]
    assert [(fault.row, fault.column, fault.value, fault.message) for fault in faults] == expected


def test_numbers_beyond_their_limits(sheet):
    limited = sheet.fields(lambda field: {"minimum", "maximum"} & set(field.constraints))
    if not limited:
        pytest.skip("no limits in this table")
    limits = {
        "minimum": (lambda limit: limit - 1, "at least {} is needed"),
        "maximum": (lambda limit: limit + 1, "at most {} is allowed"),
    }
    for kind, (beyond, message) in limits.items():
        spoilt = Sheet(sheet.name, sheet.path.parent)
        concerned = [field for field in limited if kind in field.constraints]
        for field in concerned:
            spoilt.put(field.name, str(beyond(field.constraints[kind])))
        if concerned:
            expected = [(2, f.name, message.format(f.constraints[kind])) for f in concerned]
            assert [(f.row, f.column, f.message) for f in spoilt.write().faults()] == expected


@pytest.mark.parametrize("digits", ["9" * 16, "9" * 5000, "1e999"])
def test_numbers_too_large(sheet, digits):
    numeric = sheet.fields(lambda field: field.type == ("number" if "e" in digits else "integer"))
    if not numeric:
        pytest.skip("no such column in this table")
    sheet.put(numeric[0].name, digits)
    fault = sheet.write().only_fault()
    assert (fault.row, fault.column, fault.message) == (2, numeric[0].name, "the number is too large")


def test_duplicate_key(sheet):
    sheet.rows.append(list(sheet.rows[0]))
    fault = sheet.write().only_fault()
    key = sheet.described.primary_key
    assert (fault.row, fault.column) == (len(sheet.rows) + 1, key[-1])
    assert fault.message == f"the same {' and '.join(key)} as in row 2; keep one of them"
    assert fault.value == ", ".join(sheet.rows[0][sheet.header.index(column)] for column in key)


def test_unknown_option(sheet):
    closed = sheet.fields(lambda field: "enum" in field.constraints)
    if not closed:
        pytest.skip("no options in this table")
    for field in closed:
        sheet.put(field.name, nearly(field))
    for field, fault in zip(closed, sheet.write().faults(), strict=True):
        assert (fault.row, fault.column) == (2, field.name)
        assert fault.message.startswith("unknown value")
        assert fault.message.endswith("one of: " + ", ".join(field.constraints["enum"]))
        hint = f"unknown value (did you mean '{field.constraints['enum'][0]}'?); one of: "
        assert len(fault.value) < 4 or fault.message.startswith(hint)


def nearly(field):
    """A misspelt option, or a stranger where the options are single signs."""
    first = field.constraints["enum"][0]
    return first + "e" if len(first) > 1 else "?"


def test_wrong_form(sheet):
    formed = sheet.fields(lambda field: "pattern" in field.constraints and field.name not in referring(sheet))
    if not formed:
        pytest.skip("no fixed form in this table")
    for field in formed:
        sheet.put(field.name, "?")
    for field, fault in zip(formed, sheet.write().faults(), strict=True):
        assert (fault.row, fault.column, fault.value) == (2, field.name, "?")
        assert fault.message == f"the form {field.constraints['pattern']} is needed"


def test_reference_to_nothing(sheet):
    keys = [key for key in sheet.described.foreign_keys if "enum" not in sheet.constraints(key.column)]
    keys = [key for key in keys if not tables.table(key.table).is_template]
    if not keys:
        pytest.skip("no references in this table")
    for key in keys:
        [field] = sheet.fields(lambda f, key=key: f.name == key.column)
        whole = field.type == "integer"
        sheet.put(key.column, "999" if whole else "Nobody1999" if key.table == "sources" else "nothing-of-this-name")
    faults = sheet.write().faults()
    for key, fault in zip(keys, faults, strict=True):
        assert (fault.row, fault.column) == (2, key.column)
        assert fault.message.startswith(f"not in {tables.table(key.table).path}")
        assert fault.message.endswith("; add it there or correct it")
