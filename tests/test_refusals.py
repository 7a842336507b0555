"""Slips with a value of the environment: each is a sentence that names the variable, before anything has started."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from environ import Env

from driversite.environment import mail, reading
from driversite.environment.places import misplaced
from driversite.environment.reading import typed
from driversite.environment.refusals import ONLY_FOR_DEBUG, unsafe, unusable

RIGHT = {
    "site_url": "https://www.example.org",
    "statistics_url": "",
    "mail_from": "newsroom@example.org",
    "log_level": "INFO",
}
KEY = "k9Xw3vQ7rT1mZp5sLd8fGh2jBn4cVy6uKa0eRiOoWqEtYxMzAs"


@pytest.fixture
def env(monkeypatch):
    """An environment of its own, into which `.env` writes as well."""
    variables = {}
    monkeypatch.setattr(Env, "ENVIRON", variables)
    return Env()


def said(env, text, kind="str"):
    env.ENVIRON["SITE_URL"] = text
    return typed(env, kind, "SITE_URL", "the default", "https://www.example.org")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('"sesame"', "quotation marks"),
        ("'sesame'", "quotation marks"),
        ("“sesame”", "quotation marks"),
        ('"sesame', "quotation marks"),
        ("sesame # for now", "a line of its own"),
        ("SITE_URL=sesame", "twice"),
        ("sesame\nagain", "a single line"),
        ("sesame\udcff", "UTF-8"),
    ],
)
def test_what_is_never_meant_is_refused_whatever_the_variable(env, text, what):
    with pytest.raises(ImproperlyConfigured, match="SITE_URL") as error:
        said(env, text)
    assert what in str(error.value) and "https://www.example.org" in str(error.value)
    assert "sesame" not in str(error.value)


def test_blanks_around_a_value_do_no_harm_and_nothing_means_the_default(env):
    assert said(env, "  https://a.example \n") == "https://a.example"
    assert said(env, " ") == "the default"
    assert said(env, "/srv/driversite/a/../state/", "folder") == "/srv/driversite/state"
    assert said(env, "a.example, b.example,", "list") == ["a.example", "b.example"]
    assert said(env, '"Driver, A." <a@b.example>') == '"Driver, A." <a@b.example>'


def test_a_value_that_begins_with_a_dollar_is_itself(env):
    env.ENVIRON["HOME"] = "/root"
    assert said(env, "$HOME") == "$HOME" and said(env, "$SITE_URL") == "$SITE_URL"


@pytest.mark.parametrize(("text", "value"), [("t", True), ("ON", True), ("no", False), ("0", False)])
def test_yes_and_no_in_every_spelling(env, text, value):
    assert said(env, text, "bool") is value


@pytest.mark.parametrize("text", ["maybe", "2", "true,false", "true false"])
def test_neither_yes_nor_no_is_refused(env, text):
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        said(env, text, "bool")


def read(env, folder, content):
    path = folder / ".env"
    path.write_bytes(content)
    reading.read(env, path)
    return env.ENVIRON


def test_a_file_is_read_as_editors_of_all_systems_write_it(env, tmp_path):
    content = "\ufeff# ours\r\nDEBUG=true\r\n\r\n  MAIL_FROM='a@b.example'\r\nexport LOG_LEVEL=INFO\r\nPORT=1"
    assert read(env, tmp_path, content.encode()) == {
        "DEBUG": "true",
        "MAIL_FROM": "a@b.example",
        "LOG_LEVEL": "INFO",
        "PORT": "1",
    }


def test_where_no_file_is_nothing_is_said(env, tmp_path):
    reading.read(env, tmp_path / ".env")
    assert env.ENVIRON == {}


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"DEBUG=false\nSECRET_KEY = sesame\n", "Line 2 of .env"),
        (b"SECRET_KEY: sesame\n", "Line 1 of .env"),
        (b"DATABASE_ULR=postgres://u:sesame@h/d\n", "DATABASE_URL must be meant"),
        (b"secret_key=sesame\n", "SECRET_KEY must be meant"),
        (b"ALLOWED_HOST=sesame.example\n", "ALLOWED_HOSTS must be meant"),
        ("MAIL_FROM=sesame@müller.example".encode("latin-1"), "UTF-8"),
        ("DEBUG=true".encode("utf-16"), "UTF-8"),
    ],
)
def test_a_line_that_would_be_passed_over_is_refused(env, tmp_path, content, what):
    with pytest.raises(ImproperlyConfigured) as error:
        read(env, tmp_path, content)
    assert what in str(error.value) and "sesame" not in str(error.value)


def test_a_file_that_cannot_be_read_is_said(env, tmp_path):
    (tmp_path / ".env").mkdir()
    with pytest.raises(ImproperlyConfigured, match=r"\.env cannot be read"):
        reading.read(env, tmp_path / ".env")


@pytest.mark.parametrize(
    "site",
    [
        "https://www.example.org:99999",
        "https://www.example.org:0",
        "https://www.example.org:",
        "https://www.example.org.",
        "https://www..example.org",
        "https://www.example.org?x=1",
        "https://www.example.org#x",
        "https://www.example.org,https://example.org",
        "https://a.example https://b.example",
        "https://müller.example",
        "https://[zz]",
        "https://[::1",
        "http:/www.example.org",
        "HTTPS://www.example.org",
        "https://user:sesame@www.example.org",
        "C:\\site",
    ],
)
def test_an_address_of_the_site_that_nobody_could_open_is_refused(site):
    (sentence,) = unusable(**RIGHT | {"site_url": site})
    assert (
        sentence.startswith("SITE_URL") and "https://www.example.org" in sentence and "sesame" not in sentence
    )


@pytest.mark.parametrize(
    "site", ["http://127.0.0.1:8000", "http://[::1]:8000", "https://xn--mller-kva.de", "http://localhost"]
)
def test_an_address_of_the_site_may_be_any_that_works(site):
    assert unusable(**RIGHT | {"site_url": site}) == []


@pytest.mark.parametrize(
    "sender",
    [
        "newsroom@",
        "@example.org",
        "a@b@c.example",
        "a@b.example, c@d.example",
        "a@b.example;c@d.example",
        "Driver newsroom@example.org",
        "mailto:newsroom@example.org",
        "newsroom@example.org/",
        "newsroom@example.org.",
        "newsroom@müller.example",
    ],
)
def test_a_sender_whose_mails_nobody_takes_is_refused(sender):
    (sentence,) = unusable(**RIGHT | {"mail_from": sender})
    assert sentence.startswith("MAIL_FROM")


@pytest.mark.parametrize(
    "sender", ["Driver <news@example.org>", '"A, B" <news@example.org>', "a@localhost", "a@[::1]"]
)
def test_a_sender_may_have_a_name(sender):
    assert unusable(**RIGHT | {"mail_from": sender}) == []


@pytest.mark.parametrize(
    "script",
    ["https://a.example/", "https://a.example:99999/s.js", "http://a.example/s.js", "https://ä/s.js"],
)
def test_a_script_that_cannot_be_loaded_is_refused(script):
    (sentence,) = unusable(**RIGHT | {"statistics_url": script})
    assert sentence.startswith("STATISTICS_URL")


@pytest.mark.parametrize("level", ["WARN", "NOTSET", "20", "INFO,DEBUG"])
def test_a_level_of_another_name_is_refused(level):
    (sentence,) = unusable(**RIGHT | {"log_level": level})
    assert sentence.startswith("LOG_LEVEL")


@pytest.mark.parametrize(
    "key", ["", "a", KEY[:49], "a" * 60, "x1" * 30, f"django-insecure-{KEY}", ONLY_FOR_DEBUG]
)
def test_a_key_that_can_be_guessed_is_refused(key):
    (sentence,) = unsafe(secret_key=key, allowed_hosts=["a.example"], site_url="https://a.example")
    assert sentence.startswith("SECRET_KEY")


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org:587",
        "smtp+tls://",
        "smtp+tls:mail.example.org",
        "smtp://mail.example.org:0",
        "smtp://mail.example.org:99999",
        "smtp+tls://mail.example.org:465",
        "smtp+tls://user@mail.example.org",
        "smtp+tls://user:1#sesame@mail.example.org",
        "smtp+tls://a.example,smtp+tls://b.example",
        "smtp+tls://mail.example.org?foo=1",
        "smtp+tls://müller.example",
        "filemail:///tmp/mails",
        "consolemail",
        "consolemail://mail.example.org",
    ],
)
def test_a_mail_server_that_cannot_be_spoken_to_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL") as error:
        mail.read(url)
    assert "sesame" not in str(error.value)


def test_a_mail_server_is_spoken_to_at_the_port_of_its_way_of_speaking():
    assert mail.read("smtp+tls://user:ses%2Fame@mail.example.org") == {
        "backend": "django.core.mail.backends.smtp.EmailBackend",
        "host": "mail.example.org",
        "port": 587,
        "user": "user",
        "password": "ses/ame",
        "tls": True,
        "ssl": False,
    }
    assert [mail.read(f"{scheme}://h")["port"] for scheme in ("smtp", "smtp+ssl")] == [25, 465]
    assert mail.read("consolemail://")["backend"].endswith("console.EmailBackend")


FOLDERS = {"STATE_ROOT": "/srv/a/state", "MEDIA_ROOT": "/srv/a/media", "STATIC_ROOT": "/srv/a/static"}


@pytest.mark.parametrize(
    "folder",
    ["state", "./state", "~/state", "srv/a", "C:\\state", "file:///srv/a", "/srv/b,/srv/c", "/srv/b /srv/c"],
)
def test_a_path_from_somewhere_else_is_refused(folder):
    (sentence,) = misplaced(FOLDERS | {"STATE_ROOT": folder}, "/srv/site", "")
    assert sentence == "STATE_ROOT must be the whole path of one folder, such as /srv/driversite/state."


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"MEDIA_ROOT": "/srv/site"}, "MEDIA_ROOT must be a folder of its own"),
        ({"STATIC_ROOT": "/srv/site/driversite/static"}, "STATIC_ROOT must be a folder of its own"),
        ({"MEDIA_ROOT": "/srv/a/state"}, "STATE_ROOT and MEDIA_ROOT must be two folders"),
        ({"STATE_ROOT": "/srv/a/media/state"}, "STATE_ROOT and MEDIA_ROOT must be two folders"),
        ({"MEDIA_ROOT": "/srv/data"}, "DATABASE_URL must not lie within MEDIA_ROOT"),
    ],
)
def test_what_would_be_handed_out_or_deleted_with_others_is_refused(changed, named):
    (sentence,) = misplaced(FOLDERS | changed, "/srv/site", "/srv/data/db.sqlite3")
    assert sentence.startswith(named)


def test_folders_beside_each_other_are_right():
    within = {"STATE_ROOT": "/srv/site/build/state", "MEDIA_ROOT": "/srv/site/media"}
    assert misplaced(FOLDERS | within, "/srv/site", "/srv/site/db.sqlite3") == []
