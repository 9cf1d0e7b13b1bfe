"""The content security policy of the pages: what came with a page runs, what was put into it later does not."""

from __future__ import annotations

import pytest

from unicluster.pipeline import policy

PAGE = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>t</title>
<script>window.within = true;</script><script src="own.js"></script></head>
<body><button onclick="window.clicked = true">Go</button><p>Text</p></body></html>
"""
PUT_IN = """\
<script>window.evil = "script";</script>
<button id="button" onclick="window.evil = 'handler'">Go</button>
<img src="x" onerror="window.evil = 'error'">
<a id="link" href="javascript:window.evil = 'link'">Go</a>
<iframe srcdoc="<script>parent.evil = 'frame'</script>"></iframe>
<script src="http://127.0.0.1:9/evil.js"></script>
<base href="http://127.0.0.1:9/">
"""
ASK = "try { eval('window.evil = \"eval\"') } catch (refused) { window.refused = true }"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "own.js").write_text(f"window.own = true; {ASK}\n", encoding="utf-8")
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    policy.write(tmp_path)
    return tmp_path


@pytest.fixture
def page(chromium, folder):
    page = chromium.new_page()
    yield page
    page.close()


def test_what_came_with_the_page_runs(page, folder):
    page.goto((folder / "page.html").as_uri())
    page.get_by_role("button").click()
    assert page.evaluate("[window.within, window.own, window.clicked]") == [True] * 3


def test_no_text_becomes_a_script(page, folder):
    page.goto((folder / "page.html").as_uri())
    assert page.evaluate("[window.refused, window.evil || null]") == [True, None]


def test_what_was_put_in_later_is_refused(page, folder):
    file = folder / "page.html"
    file.write_text(file.read_text(encoding="utf-8").replace("<p>Text", f"{PUT_IN}<p>Text"), encoding="utf-8")
    asked = []
    page.on("response", lambda response: asked.append(response.url))
    page.on("requestfailed", lambda request: asked.append((request.url, request.failure)))
    page.goto(file.as_uri())
    page.locator("#button").click()
    page.locator("#link").click()
    page.wait_for_timeout(100)
    assert page.evaluate("window.evil || null") is None
    assert page.evaluate("document.baseURI") == file.as_uri()
    assert ("http://127.0.0.1:9/evil.js", "csp") in asked


def test_a_script_is_known_by_its_hash():
    # The example of Content Security Policy Level 3, section 8.3.
    told = policy.policy("<script>alert('Hello, world.');</script>")
    assert "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='" in told
    assert "unsafe-hashes" not in told


def test_every_page_of_the_book_has_a_policy_behind_its_encoding(book):
    pages = [file for file in book.rglob("*.html") if "_sources" not in file.relative_to(book).parts]
    assert pages
    for file in pages:
        head = file.read_bytes()[:1024]
        assert 0 < head.find(b"<meta charset=") < head.find(b'<meta http-equiv="Content-Security-Policy"'), file


def test_a_page_that_hides_its_encoding_is_refused(tmp_path):
    (tmp_path / "page.html").write_text("<p>x", encoding="utf-8")
    with pytest.raises(policy.PolicyError, match=r"page\.html"):
        policy.write(tmp_path)
