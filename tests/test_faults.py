"""One error that names every fault."""

import pytest

from unicluster.faults import Fault, InputError, refuse, shorten


def test_a_fault_says_where_what_and_what_to_do():
    fault = Fault("a whole number is needed", "paper/members.csv", 7, "order", "seven")
    assert str(fault) == "paper/members.csv, row 7, column order: found 'seven': a whole number is needed"


def test_a_fault_without_a_place_is_its_message():
    assert str(Fault("the map is empty")) == "the map is empty"


def test_an_input_error_names_every_fault_on_a_line_of_its_own():
    with pytest.raises(InputError) as caught:
        refuse(["first", Fault("second", column="b")])
    assert str(caught.value).splitlines() == ["first", "column b: second"]
    assert len(caught.value.faults) == 2


def test_nothing_is_refused_without_a_fault():
    refuse([])


def test_long_values_are_cut():
    assert len(shorten("x" * 500)) == 60
