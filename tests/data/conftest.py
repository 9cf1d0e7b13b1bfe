import pytest

from tests.data import digests


@pytest.fixture(scope="session")
def transcription():
    """Every transcribed table as a list of rows; tests that change it work on a copy."""
    return digests.transcription()
