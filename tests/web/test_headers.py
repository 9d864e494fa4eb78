"""The headers of every answer: a policy that allows only our own files, no storing of pages, small bytes."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from classroom import Classroom
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PAGE, JSON, STATIC, MISSING, REFUSED = "a page", "JSON", "a static file", "nothing there", "a refused page"
ANSWERS = (PAGE, JSON, STATIC, MISSING, REFUSED)
STATUS = {MISSING: 404, REFUSED: 403}
TYPE = {JSON: "application/json", STATIC: "text/javascript"}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self' ws://localhost wss://localhost",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

Ask = Callable[..., TestResponse]


@pytest.fixture
def ask(consultant: FlaskClient, run: Classroom) -> Ask:
    """The answer of that name, to a browser that takes these encodings."""
    paths = {
        PAGE: f"/consultant/run/{run.run_id}",
        JSON: f"/consultant/run/{run.run_id}/view",
        STATIC: "/static/live.js",
        MISSING: "/nothing/here",
        REFUSED: f"/{run.code}/wall?key=forged",
    }

    def asked(name: str, encoding: str = "") -> TestResponse:
        answer = consultant.get(paths[name], headers={"Accept-Encoding": encoding}, buffered=True)
        assert answer.status_code == STATUS.get(name, 200)
        assert answer.headers["Content-Type"].startswith(TYPE.get(name, "text/html"))
        return answer

    return asked


def policy(answer: TestResponse) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


@pytest.mark.parametrize("name", ANSWERS)
def test_the_content_policy_allows_only_our_own_files(ask: Ask, name: str) -> None:
    assert policy(ask(name)) == POLICY


@pytest.mark.parametrize("header", EVERYWHERE)
@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_is_hardened(ask: Ask, name: str, header: str) -> None:
    assert ask(name).headers.getlist(header) == [EVERYWHERE[header]]


@pytest.mark.parametrize("name", ANSWERS)
def test_only_static_files_may_be_stored(ask: Ask, name: str) -> None:
    wanted = ["public, max-age=3600"] if name == STATIC else ["no-store"]
    assert ask(name).headers.getlist("Cache-Control") == wanted


def test_what_never_changes_is_stored_for_a_year(consultant: FlaskClient) -> None:
    answer = consultant.get("/static/vendor/socket.io.min.js", buffered=True)
    assert answer.headers["Cache-Control"] == f"public, max-age={365 * 24 * 3600}"


@pytest.mark.parametrize("name", ANSWERS)
def test_no_answer_names_a_program_and_its_version(ask: Ask, name: str) -> None:
    headers = ask(name).headers
    assert not {"Server", "X-Powered-By", "Via"} & set(headers.keys())


@pytest.mark.parametrize("name", [PAGE, JSON, STATIC])
def test_text_is_compressed_for_who_takes_it(ask: Ask, name: str) -> None:
    packed, plain = ask(name, "gzip"), ask(name)
    assert (packed.headers.get("Content-Encoding"), plain.headers.get("Content-Encoding")) == ("gzip", None)
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) == packed.content_length < len(plain.data)


def test_a_font_is_not_compressed_again(consultant: FlaskClient) -> None:
    path = "/static/vendor/ibm-plex-sans-latin-400-normal.woff2"
    answer = consultant.get(path, headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("origin", ["http://[", "http://elsewhere.example", "null"])
def test_a_form_from_elsewhere_is_refused_however_its_origin_is_written(stranger: FlaskClient, origin: str) -> None:
    assert stranger.post("/CDFG/join", headers={"Origin": origin}).status_code == 403
