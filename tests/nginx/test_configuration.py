"""The files of deploy/ as `manage.py fill_in` prints them: taken by nginx and systemd, with HTTPS and without."""

import shutil
import socket
import ssl
import subprocess

import pytest
from django.core.management import CommandError, call_command

from tests.programs import MODULES, needed
from tests.shipped import ROOT, Nginx, ask

UNITS = ("driversite.service", "driversite.socket")


def filled_in(capsys, name, *options):
    call_command("fill_in", str(ROOT / "deploy" / name), *options)
    return capsys.readouterr().out


@pytest.fixture(scope="module")
def encrypted(site):
    """Another nginx before the same application, with the certificate of a site on the network."""
    nginx = Nginx(site.app.folder / "encrypted", site.app, encrypted=True)
    nginx.start()
    yield nginx
    nginx.stop()


def greeted(nginx):
    context = ssl.create_default_context(cafile=str(nginx.certificate))
    context.check_hostname = False
    context.set_alpn_protocols(["h2", "http/1.1"])
    with socket.create_connection(("127.0.0.1", nginx.port_of_https)) as raw:
        return context.wrap_socket(raw, server_hostname="127.0.0.1")


def test_nginx_takes_the_site_file_without_a_word(nginx, encrypted):
    for each in (nginx, encrypted):
        said = each.accepts()
        assert (said.returncode, said.stderr.count("[")) == (0, 0), said.stderr


def test_nginx_takes_it_with_brotli_where_the_module_is(site):
    needed(libnginx_mod_http_brotli_static=[*MODULES.glob("*brotli-static*")])
    nginx = Nginx(site.app.folder / "brotli", site.app, "--brotli")
    nginx.start()
    try:
        styles = nginx.ask("/static/css/site.css", Accept_Encoding="gzip, br")
        assert styles.headers["Content-Encoding"] == "br"
        assert styles.body == ask(site.app.port, "/static/css/site.css", Accept_Encoding="gzip, br").body
    finally:
        nginx.stop()


def test_who_comes_without_https_is_sent_there(encrypted):
    answer = ask(encrypted.port, "/news/?page=2", Host="example.com")
    assert (answer.status, answer.headers["Location"]) == (301, "https://127.0.0.1/news/?page=2")


def test_pages_come_by_http_2_and_a_new_tls(encrypted):
    with greeted(encrypted) as connection:
        assert connection.selected_alpn_protocol() == "h2"
        assert connection.version() == "TLSv1.3"


def test_lets_encrypt_finds_its_answer_by_way_of_https(encrypted):
    challenge = encrypted.folder / "html" / ".well-known" / "acme-challenge"
    challenge.mkdir(parents=True)
    (challenge / "token").write_text("proof")
    context = ssl._create_unverified_context()
    with context.wrap_socket(socket.create_connection(("127.0.0.1", encrypted.port_of_https))) as connection:
        connection.sendall(b"GET /.well-known/acme-challenge/token HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
        assert b"".join(iter(lambda: connection.recv(4096), b"")).endswith(b"proof")


def test_names_and_paths_are_those_of_the_settings(capsys, settings):
    settings.SITE_URL = "https://www.muster.de"
    settings.ALLOWED_HOSTS = ["muster.de", "www.muster.de"]
    settings.MEDIA_ROOT, settings.STATE_ROOT = "/data/media", "/data/state"
    text = filled_in(capsys, "nginx.conf", "--app", "127.0.0.1:8123")
    for line in (
        "server_name www.muster.de muster.de;",
        "ssl_certificate /etc/letsencrypt/live/www.muster.de/fullchain.pem;",
        "server 127.0.0.1:8123;",
        "root /data/state/generation;",
        "alias /data/media/$1;",
        f"alias {settings.STATIC_ROOT}/;",
        "proxy_set_header X-Forwarded-Proto https;",
    ):
        assert line in text
    assert "example.org" not in text and "/srv/driversite" not in text


def test_where_another_machine_ends_https_the_application_still_hears_of_it(capsys, settings):
    settings.SITE_URL = "https://www.muster.de"
    text = filled_in(capsys, "nginx.conf", "--no-certificate")
    assert "ssl" not in text and "listen 80;" in text
    assert "proxy_set_header X-Forwarded-Proto https;" in text


def test_what_cannot_be_filled_in_is_said(capsys):
    with pytest.raises(CommandError, match=r"cannot be read .* Name a file of deploy/"):
        call_command("fill_in", "deploy/apache.conf")


def test_systemd_takes_the_units(capsys, tmp_path):
    needed(systemd=shutil.which("systemd-analyze"))
    for name in UNITS:
        text = filled_in(capsys, name, "--app", "127.0.0.1:8123")
        # The Python of these tests may lie elsewhere.
        (tmp_path / name).write_text(text.replace(str(ROOT / ".venv/bin/python"), shutil.which("python3")))
    units = [str(tmp_path / name) for name in UNITS]
    said = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
    assert (said.returncode, said.stderr) == (0, "")
    assert "127.0.0.1:8123" in (tmp_path / "driversite.socket").read_text()


def test_the_service_may_do_little_but_serve(capsys, tmp_path):
    needed(systemd=shutil.which("systemd-analyze"))
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=20"]
    said = subprocess.run([*command, str(ROOT / "deploy" / UNITS[0])], capture_output=True, text=True)
    assert said.returncode == 0, said.stdout
