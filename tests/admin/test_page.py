"""The page's files, who may have them, and the documents behind them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from contract import ledger
from mockserver.routes.admin.page import Files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "mockserver/page"
SHIPPED = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.*"))
SWAGGER_UI = ("swagger-ui.css", "swagger-ui-bundle.js")
#: Each as the page itself or a document asks for it.
PAGE = ("", "docs", "page/docs.js", "page/style.css", "page/swagger-ui-bundle.js")

CROSS_SITE = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}


def directives(policy: str) -> dict[str, str]:
    return {name: rest for name, _, rest in (part.strip().partition(" ") for part in policy.split(";"))}


@pytest.mark.parametrize("path", ["", "docs"])
def test_a_page_is_html_that_may_run_nothing_but_its_own_files(admin: Any, path: str) -> None:
    reply = admin.call("GET", path)
    assert (reply.status, reply.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert reply.headers["x-content-type-options"] == "nosniff"
    policy = directives(reply.headers["content-security-policy"])
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in reply.headers["content-security-policy"]


def test_the_address_without_its_slash_leads_to_the_page(make_client: Callable[..., Any]) -> None:
    reply = make_client().send("GET", "/__admin", token=None)
    assert (reply.status, reply.headers["location"]) == (307, "http://127.0.0.1:8420/__admin/")


@pytest.mark.parametrize("name", [*SHIPPED, *SWAGGER_UI])
def test_every_file_comes_with_a_type_that_a_browser_takes_it_for(admin: Any, name: str) -> None:
    reply = admin.call("GET", f"page/{name}")
    wanted = {"css": "text/css", "html": "text/html", "js": "text/javascript", "svg": "image/svg+xml"}
    assert reply.status == 200
    assert reply.headers["content-type"].partition(";")[0] == wanted[name.rpartition(".")[2]]
    assert (reply.headers["cache-control"], reply.headers["x-content-type-options"]) == (
        "no-cache",
        "nosniff",
    )


def test_a_machine_that_calls_scripts_plain_text_does_not_stop_them(
    admin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("starlette.responses.guess_type", lambda *_: ("text/plain", None))
    assert admin.call("GET", "page/docs.js").headers["content-type"] == "text/javascript; charset=utf-8"


def test_a_file_that_a_browser_has_is_not_sent_again(admin: Any) -> None:
    first = admin.call("GET", "page/docs.js")
    again = admin.call("GET", "page/docs.js", if_none_match=first.headers["etag"])
    assert (again.status, again.body, again.headers["cache-control"]) == (304, b"", "no-cache")


@pytest.mark.parametrize("path", ["page/nope.js", "page/", "page/../info", "page/../../app.py", "page/%00"])
def test_nothing_but_the_files_is_behind_them(make_admin: Callable[..., Any], path: str) -> None:
    reply = make_admin(admin_token="s3cret").call("GET", path)
    assert (reply.status, reply.headers["content-type"]) == (404, "application/problem+json")


def test_the_files_can_only_be_read(admin: Any) -> None:
    assert admin.call("HEAD", "docs").status == 200
    assert {admin.call("POST", path).status for path in PAGE} == {405}


@pytest.mark.parametrize("path", PAGE)
def test_the_page_comes_without_the_token_that_its_data_needs(
    make_admin: Callable[..., Any], path: str
) -> None:
    admin = make_admin(admin_token="s3cret")
    assert admin.call("GET", path).status == 200
    assert {admin.call("GET", name).status for name in ("info", "ledger", "contract.json")} == {401}
    assert admin.call("POST", path).status == 401


@pytest.mark.parametrize("path", PAGE)
def test_a_link_on_another_site_may_lead_to_the_page(admin: Any, path: str) -> None:
    assert admin.call("GET", path, **CROSS_SITE).status == 200
    assert admin.call("GET", path, sec_fetch_site="cross-site", sec_fetch_mode="no-cors").status == 403
    assert admin.call("GET", "requests", **CROSS_SITE).status == 403


@pytest.mark.parametrize("path", PAGE)
def test_the_page_is_as_closed_as_its_api(make_admin: Callable[..., Any], path: str) -> None:
    assert make_admin(no_admin=True).call("GET", path).status == 403
    assert make_admin(host="192.0.2.1").call("GET", path).status == 403
    assert make_admin().call("GET", path, host="evil.example").status == 403


@pytest.mark.parametrize("name", [name for name in SHIPPED if name.endswith(".html")])
def test_a_page_loads_only_what_is_shipped(name: str) -> None:
    text = (FOLDER / name).read_text("utf-8")
    loaded = re.findall(r"""(?:src|<link[^>]* href)=["']([^"']*)["']""", text)
    assert loaded
    files = Files()
    for address in loaded:
        assert address.startswith("page/"), address
        assert files.lookup_path(address.removeprefix("page/"))[1], address
    assert not re.search(r"<style|\son\w+=|\sstyle=|<script(?![^>]*\bsrc=)", text)


@pytest.mark.parametrize("name", [name for name in SHIPPED if not name.endswith(".svg")])
def test_no_file_of_the_page_names_another_host(name: str) -> None:
    text = (FOLDER / name).read_text("utf-8")
    named = set(re.findall(r"(?:https?:)?//([a-z0-9-]+(?:\.[a-z0-9-]+)+)", text))
    assert named <= {"www.w3.org"}  # the name of SVG


def test_the_contract_is_the_file_and_each_clause_has_its_entry_beside_it(admin: Any) -> None:
    document = admin.get("contract.json")
    clauses = list(_clauses(document))
    assert len(clauses) >= 20
    for clause in clauses:
        entry = clause.pop("x-ledger-entry")
        known = ledger.load()[clause["x-ledger"]]
        assert (entry["id"], entry["rule"], entry["provenance"]) == (known.id, known.rule, known.provenance)
    assert document == yaml.safe_load((ROOT / "contract/openapi.yaml").read_text("utf-8"))


def test_the_ledger_is_given_whole(admin: Any) -> None:
    entries = admin.get("ledger")
    assert [entry["id"] for entry in entries] == list(ledger.load())
    assert set(entries[0]) == {"id", "rule", "provenance", "evidence", "switch", "held_by"}


def test_the_documents_are_in_the_openapi_document_and_the_files_are_not(admin: Any) -> None:
    paths = admin.get("openapi.json")["paths"]
    assert {"/contract.json", "/ledger"} <= set(paths)
    assert not {"/", "/docs", "/page"} & set(paths)


def _clauses(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "x-ledger" in node:
            yield node
        for part in node.values():
            yield from _clauses(part)
    elif isinstance(node, list):
        for part in node:
            yield from _clauses(part)
