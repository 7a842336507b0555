"""In place of the application behind nginx: notes what it is asked, and dies or is slow whenever a test wants it to."""

import re
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.patience import PATIENCE
from tests.shipped import ROOT, Nginx, configure

PAGE = b"<!doctype html>" + b"<p>A page.</p>" * 200


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.server.asked.append((self.command, self.path, self.headers, len(body), self.client_address[1]))
        if "dies" in self.path and self.server.may_die:
            self.close_connection = True
            return
        if "garbage" in self.path and self.server.may_die:
            self.close_connection = True
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Half: \0\r\n\r\n")
            return
        status = (
            503 if "/unwell" in self.path else 502 if "broken" in self.path and self.server.may_die else 200
        )
        said = PAGE * (5000 if "large" in self.path else 1) if self.command != "HEAD" else b""
        if "hangs" in self.path:
            self.server.may_go_on.wait(PATIENCE)
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        if "kept" in self.path:
            self.send_header("X-Accel-Expires", "300")
        if "private" in self.path:
            self.send_header("Cache-Control", "private")
        if "headers" in self.path:
            # Such as the policy of a page with many sources.
            self.send_header("Content-Security-Policy", "x" * 12_000)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        # Whoever had to wait for long may be gone.
        with suppress(ConnectionError):
            self.wfile.write(said)

    do_GET = do_HEAD = do_POST = do_OPTIONS = answer

    def log_message(self, *arguments):
        pass


class Upstream(ThreadingHTTPServer):
    """`asked`: (method, path, headers, bytes of the body, port of the connection)."""

    # On a busy machine more than the usual five may be about to connect.
    request_queue_size = 128

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.port, self.asked, self.may_die = self.server_address[1], [], True
        self.may_go_on = threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def stop(self):
        self.may_go_on.set()
        self.shutdown()
        self.server_close()


class Several(Nginx):
    def __init__(self, folder, *ports, encrypted=False, words=()):
        self.encrypted, self.address = encrypted, ""
        # One worker: each of them would have to learn by itself which server is dead.
        self.prepare(folder, encrypted)
        self.address = f"http://127.0.0.1:{self.port}"
        site = (ROOT / "deploy" / "nginx-several.conf").read_text()
        for address, port in zip(("10.0.0.2:8000", "10.0.0.3:8000"), ports, strict=True):
            assert address in site
            site = site.replace(address, f"127.0.0.1:{port}")
        site = site.replace("www.example.org", "127.0.0.1")
        for word, other in dict(words).items():
            assert word in site
            site = site.replace(word, other)
        configure(folder, self.here(site if encrypted else without_certificate(site)), workers=1)


def without_certificate(site):
    return re.sub(r" *(listen 443|ssl_|if \(\$scheme).*\n", "", site)
