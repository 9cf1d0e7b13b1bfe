"""Every table of the dictionary in turn."""

import pytest

from tests.tables.sheets import NAMES, Sheet


@pytest.fixture(params=NAMES)
def sheet(request, tmp_path):
    return Sheet(request.param, tmp_path)
