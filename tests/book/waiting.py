"""Waiting for a page."""

from __future__ import annotations

SECONDS = 30


def wait_until(page, condition: str) -> None:
    """Wait until a condition of the page holds.

    `Page.wait_for_function` makes a script of its text within the page, which the policy of the pages refuses.
    """
    page.evaluate(
        f"""new Promise((done, fail) => {{
            setTimeout(() => fail(new Error("not within {SECONDS} s")), {SECONDS * 1000});
            const look = () => ({condition}) ? done() : setTimeout(look, 20);
            look();
        }})"""
    )
