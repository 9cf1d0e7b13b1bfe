"""No file that people write holds a key or a token of a known form."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from detect_secrets import SecretsCollection
from detect_secrets.settings import transient_settings

from tests.conftest import ROOT

FORMS = (
    "AWSKeyDetector",
    "AzureStorageKeyDetector",
    "GitHubTokenDetector",
    "GitLabTokenDetector",
    "JwtTokenDetector",
    "NpmDetector",
    "OpenAIDetector",
    "PrivateKeyDetector",
    "PypiTokenDetector",
    "SlackDetector",
    "StripeDetector",
    "TelegramBotTokenDetector",
)
WRITTEN = ("", ".cff", ".css", ".html", ".js", ".json", ".md", ".py", ".sh", ".toml", ".yaml", ".yml")
"""Endings of what people write and of settings; tables, pictures, outputs and the lock file are large and made."""

SETTINGS = {"plugins_used": [{"name": form} for form in FORMS]}


def found(files) -> list[tuple[str, str, int]]:
    secrets = SecretsCollection(root=str(ROOT))
    with transient_settings(SETTINGS):
        for file in files:
            secrets.scan_file(str(file))
    return [(file, secret.type, secret.line_number) for file, secret in secrets]


def test_a_key_would_be_found(tmp_path):
    # Put together here, so that this file holds none itself.
    file = tmp_path / "notes.md"
    file.write_text("-----BEGIN " + "RSA PRIVATE KEY-----\nghp_" + "a1B2" * 9 + "\n", encoding="utf-8")
    assert {line for _, _, line in found([file])} == {1, 2}


def test_no_tracked_file_holds_one():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("no git here: what is tracked is not known")
    files = [name for name in listed.stdout.split("\0") if name and Path(name).suffix in WRITTEN]
    assert len(files) > 300
    assert found(files) == []
