"""What nginx leaves alone: what belongs to one visitor, what is sent, and who asks too much."""

import re
from urllib.parse import urlencode

import pytest

from tests.newsroom import Editor
from tests.patience import until
from tests.shipped import BEHIND, free_port, leave_traces_of

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/login/", "/cookies/", "/en/cookies/", "/consent/", "/healthz", "share"]
)
def test_what_is_one_visitors_own_is_never_kept(site, nginx, path):
    for _ in range(3):
        answer = nginx.ask(site.share if path == "share" else path)
        assert answer.kept is None
        assert answer.status < 400


def test_who_is_signed_in_is_answered_by_the_application_alone(site, nginx):
    editor = Editor("pit-lane-speed")
    editor.log_in(nginx.port)
    cookie = "; ".join(f"{each.name}={each.value}" for each in editor.cookies)
    for path in ("/admin/", site.change):
        answer = nginx.ask(path, Cookie=cookie)
        assert (answer.status, answer.kept) == (200, None)


def test_a_draft_behind_its_link_is_for_nobody_else(site, nginx):
    answer = nginx.ask(site.share)
    assert "Noch geheim" in answer.body.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_choice_about_cookies_reaches_the_visitor_and_changes_no_kept_page(nginx):
    sent = urlencode({"choice": "all", "next": "/news/"})
    chosen = nginx.ask("/consent/", "POST", sent, Content_Type=FORM, Sec_Fetch_Site="same-origin")
    assert chosen.status == 302
    cookie = chosen.headers["Set-Cookie"].split(";")[0]
    until(lambda: nginx.ask("/news/").kept == "HIT")
    page = nginx.ask("/news/", Cookie=cookie)
    assert (page.kept, page.headers["Set-Cookie"], page.body) == ("HIT", None, nginx.ask("/news/").body)


def statuses(nginx, times, path, method="GET", **how):
    return [nginx.ask(path, method, **how).status for _ in range(times)]


def test_passwords_cannot_be_tried_without_end(nginx):
    tried = {"body": "username=editor&password=guess", "Content_Type": FORM, "sender": "127.0.0.11"}
    answers = statuses(nginx, 14, "/admin/login/", "POST", **tried)
    assert 429 not in answers[:10] and answers[-1] == 429
    assert nginx.ask("/admin/login/", sender="127.0.0.11").status == 200, "looking is free"
    assert 429 not in statuses(nginx, 3, "/admin/login/", "POST", **tried | {"sender": "127.0.0.12"})


def test_links_to_drafts_cannot_be_guessed_at(nginx):
    answers = statuses(nginx, 34, "/vorschau/guessed/", sender="127.0.0.13")
    assert 429 not in answers[:30] and answers[-1] == 429
    assert nginx.ask("/en/preview/guessed/", sender="127.0.0.13").status == 429


def test_the_search_is_no_lever(nginx):
    # One question, which is kept: on a slow machine 60 different ones would take as long as they are allowed to.
    answers = statuses(nginx, 60, "/suche/?q=spa", sender="127.0.0.14")
    assert 429 not in answers[:20] and 429 in answers


def test_choices_about_cookies_are_not_sent_by_the_hundred(nginx):
    how = {"body": "choice=none", "Content_Type": FORM, "sender": "127.0.0.15"}
    answers = statuses(nginx, 200, "/consent/", "POST", **how)
    assert 429 not in answers[:50] and 429 in answers


def test_whoever_only_reads_meets_no_limit(nginx):
    assert set(statuses(nginx, 300, "/", sender="127.0.0.16")) == {200}


def test_a_refusal_says_why_in_both_languages(nginx):
    answers = [nginx.ask("/en/preview/guessed/", sender="127.0.0.17") for _ in range(40)]
    refused = answers[-1]
    assert (refused.status, refused.headers["Retry-After"], refused.headers["Cache-Control"]) == (
        429,
        "30",
        "no-store",
    )
    assert "Gelbe Flagge" in refused.body.decode() and "Yellow flag" in refused.body.decode()


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/news/", "OPTIONS", 204),
        ("/news/", "POST", 405),
        ("/news/", "TRACE", 405),
        ("/consent/", "OPTIONS", 204),
    ],
)
def test_what_nobody_takes_is_refused_and_keeps_its_page(nginx, path, method, status):
    for _each in range(2):
        answer = nginx.ask(path, method, "a=1" if method == "POST" else None, sender="127.0.0.26")
        assert (answer.status, answer.kept in (None, "MISS", "BYPASS")) == (status, True)
    assert nginx.ask("/news/").status == 200


def test_what_is_too_large_is_refused_with_a_sentence(nginx):
    large = nginx.ask("/consent/", "POST", b"x" * 100_000, Content_Type=FORM, sender="127.0.0.18")
    assert large.status == 413 and "Zu schwer" in large.body.decode()
    assert large.headers["Retry-After"] is None
    photo = nginx.ask("/admin/news/photo/upload/", "POST", b"x" * 1_000_000, Content_Type=FORM)
    assert photo.status != 413, "a photo is larger than a visitor's form"


def test_the_pages_of_refusals_are_no_pages_of_their_own(nginx):
    assert nginx.ask("/trouble/away.html").status == 404


def test_the_log_knows_what_was_read_but_not_by_whom(site, nginx):
    marked = {"User_Agent": "marker-of-this-test"}
    # What the watchdog asks, and what is no page, would fill the disk.
    for path in ("/healthz", "/static/css/site.css", site.photo):
        assert nginx.ask(path, **marked).status == 200
    nginx.ask("/news/?page=1", sender="127.0.0.19", **marked)
    until(lambda: "marker-of-this-test" in nginx.log.read_text())
    log = nginx.log.read_text()
    # Others have asked for files as well that are not there, which is logged.
    (line,) = (line for line in log.splitlines() if "marker-of-this-test" in line)
    assert re.match(r'127\.0\.0\.0 - - \[.*\] "GET /news/\?page=1 HTTP/1\.1" 200 \d+ ', line)
    assert "127.0.0.1" not in re.sub(r"http://127\.0\.0\.1", "", log)


def test_no_log_holds_the_address_of_a_draft(site, beside):
    """Opened or mistyped, refused or with nobody to answer, nor where somebody went on from there."""
    token = site.share.strip("/").split("/")[-1]
    nginx, alone = beside(), beside({f"127.0.0.1:{site.app.port}": f"127.0.0.1:{free_port()}"})
    assert nginx.ask(site.share).status == 200
    leave_traces_of(token, nginx)
    assert alone.ask(site.share).status == 502
    for each in (nginx, alone):
        each.stop()
    log = nginx.log.read_text() + alone.log.read_text()
    assert (
        log.count("GET /vorschau/...") > 30 and '"GET /vorschau/..." 502' in log and "/en/preview/..." in log
    )
    assert '"GET /news/24h-preview/ HTTP/1.1" 404' in log
    for written in (log, nginx.errors.read_text(), alone.errors.read_text()):
        assert token not in written


def test_behind_a_load_balancer_visitors_are_those_whom_it_names(beside):
    nginx = beside(BEHIND)
    for number in range(40):
        last = nginx.ask("/vorschau/guessed/", X_Forwarded_For=f"10.9.9.9, 2001:db8::{number:x}:1")
    assert last.status == 429, "of IPv6 a network is one sender"
    assert nginx.ask("/vorschau/guessed/", X_Forwarded_For="10.9.9.9, 2001:db8:0:1::1").status == 404
    assert nginx.ask("/", X_Forwarded_For="10.9.9.9, 198.51.100.7").status == 200
    nginx.stop()
    assert "198.51.100.0 - -" in nginx.log.read_text() and "2001:db8:: - -" in nginx.log.read_text()
