"""An editor at a real server: logged in with cookies of their own, sending forms as a browser does."""

import re
from http.cookiejar import CookieJar
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from tests.forms import filled_in

# The door has a form without a name to find it by.
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Editor:
    """Cookies do not know ports: the same editor may come to each of several servers of a site."""

    def __init__(self, password):
        self.password, self.cookies = password, CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies))

    def open(self, port, path, **fields):
        """(status, text) of the page; `fields` are sent with POST."""
        data = urlencode(fields, doseq=True).encode() if fields else None
        try:
            with self.opener.open(f"http://127.0.0.1:{port}{path}", data, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def save(self, port, path, **changes):
        """The form on that page, with these changes."""
        status, text = self.open(port, path)
        assert status == 200, text
        fields = filled_in(SimpleNamespace(content=text.encode()), **changes)
        status, text = self.open(port, path, **fields)
        assert status == 200 and "errornote" not in text, text

    def log_in(self, port):
        _status, text = self.open(port, "/admin/login/")
        (token,) = set(TOKEN.findall(text))
        fields = {"username": "editor", "password": self.password, "next": "/admin/"}
        self.open(port, "/admin/login/", csrfmiddlewaretoken=token, **fields)
        assert self.is_in(port)

    def is_in(self, port):
        status, text = self.open(port, "/admin/")
        return status == 200 and 'name="password"' not in text
