"""Ten photos of 25 megapixels sent at once to the server as shipped: how long everybody else waits meanwhile.

Every request stands in line with the same worker process, so that none of the figures comes from another one's spare
threads.
"""

import re
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from django.contrib.auth import get_user_model
from django.test import Client

from tests.bench.pictures import UPLOAD, camera_pictures
from tests.bench.table import Row, tell
from tests.demosite import empty_site
from tests.shipped import App, answers, ask, started, stopped, until

PAGES = {
    "the newsroom": "/admin/",
    "the photo library": "/admin/news/photo/",
    "a public page that is kept": "/impressum/",
    "a public page rendered anew": "/suche/?q={n}",
}
BETWEEN, PATIENCE = 0.05, 600
BOUNDARY = "a-photo-of-the-bench"


def cookies():
    """Of an editor who is logged in."""
    user, _new = get_user_model().objects.get_or_create(username="bench", is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(user)
    return f"sessionid={client.cookies['sessionid'].value}"


def body(path, token):
    fields = {"csrfmiddlewaretoken": token, "credit": "Foto: Erika Muster"}
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{path.name}"\r\n'
    parts += [f"{head}Content-Type: image/jpeg\r\n\r\n".encode(), path.read_bytes()]
    return b"".join([*parts, f"\r\n--{BOUNDARY}--\r\n".encode()])


class Newsroom:
    def __init__(self, port):
        self.port, self.cookie = port, cookies()
        page = ask(port, UPLOAD, Cookie=self.cookie)
        (self.token,) = set(re.findall(r'csrfmiddlewaretoken" value="(\w+)"', page.body.decode()))
        (crumb,) = (
            v for k, v in page.headers.items() if k.lower() == "set-cookie" and v.startswith("csrftoken")
        )
        self.cookie += f"; {crumb.split(';')[0]}"

    def get(self, path):
        start = time.perf_counter()
        answer = ask(self.port, path, patience=PATIENCE, Cookie=self.cookie)
        assert answer.status == 200, (path, answer.status)
        return time.perf_counter() - start

    def send(self, path):
        start = time.perf_counter()
        named = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Accept": "application/json"}
        answer = ask(
            self.port, UPLOAD, "POST", body(path, self.token), patience=PATIENCE, Cookie=self.cookie, **named
        )
        assert answer.status == 200 and b'"stored"' in answer.body, (answer.status, answer.body[:500])
        return time.perf_counter() - start


def at_once(newsroom, folder):
    """Seconds of each upload, and of each page that somebody asks for meanwhile."""
    uploads, pages = [], {name: [] for name in PAGES}
    threads = [
        threading.Thread(target=lambda path=path: uploads.append(newsroom.send(path)))
        for path in sorted(folder.glob("*.jpg"))
    ]
    asking = [
        threading.Thread(target=ask_on, args=(newsroom, path, pages[name], threads))
        for name, path in PAGES.items()
    ]
    for thread in [*threads, *asking]:
        thread.start()
    for thread in [*threads, *asking]:
        thread.join()
    assert len(uploads) == len(threads)
    return uploads, pages


def ask_on(newsroom, path, taken, threads):
    while any(thread.is_alive() for thread in threads):
        taken.append(newsroom.get(path.format(n=len(taken))))
        time.sleep(BETWEEN)


def most_memory(pid):
    """Megabytes that the hungriest of the server's processes had at its most."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
            if f"\nPPid:\t{pid}\n" in text:
                found.append(int(re.search(r"VmHWM:\s+(\d+)", text)[1]) // 1024)
        except (OSError, TypeError):
            continue
    return max(found)


def rows():
    with tempfile.TemporaryDirectory() as folder, empty_site():
        folder = Path(folder)
        (folder / "photos").mkdir()
        camera_pictures(folder / "photos")
        app = App.of_this_process(folder)
        command = ["manage.py", "serve", "--port", str(app.port), "--workers", "1"]
        app.process = started([sys.executable, *command], folder / "server.log", env=app.environment)
        try:
            until(lambda: answers(app.port, app.process, folder / "server.log"))
            uploads, pages = at_once(Newsroom(app.port), folder / "photos")
            memory = most_memory(app.process.pid)
        finally:
            stopped(app.process)
    yield Row(
        "ten uploads of 25 megapixels at once, the last one", f"{max(uploads):.1f} s, {memory} MB at most"
    )
    for name, taken in pages.items():
        median, longest = 1000 * statistics.median(taken), 1000 * max(taken)
        yield Row(
            f"{name}, meanwhile", f"{median:.0f} ms, at most {longest:.0f} ms, asked {len(taken)} times"
        )


if __name__ == "__main__":
    tell(rows)
