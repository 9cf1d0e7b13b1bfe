import pytest

from unicluster import claims, tables


@pytest.fixture(scope="session")
def stated():
    """The table of claims."""
    return tables.load("claims")


@pytest.fixture(scope="session")
def evidence():
    """Every other table."""
    return claims.load_evidence()


@pytest.fixture(scope="session")
def ledger(stated, evidence):
    return claims.ledger(stated, evidence)
