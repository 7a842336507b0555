"""In place of the application behind nginx: notes what it is asked, and dies or is slow whenever a test wants it to."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"<!doctype html>" + b"<p>A page.</p>" * 200


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.server.asked.append((self.command, self.path, self.headers, len(body), self.client_address[1]))
        if "dies" in self.path and self.server.may_die:
            self.close_connection = True
            return
        said = PAGE if self.command != "HEAD" else b""
        self.send_response(503 if "/unwell" in self.path else 200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
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
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def stop(self):
        self.shutdown()
        self.server_close()
