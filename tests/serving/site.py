"""A site for trying the server on: `python -m tests.serving.site PORT [COMMAND]`.

/           is ready, as from the page cache, and says which thread has answered
/slow/2     answers after two seconds, in a thread, and logs when it begins
/wait/PATH  answers once there is such a file, and logs when it begins to wait
/echo       says how many bytes came, and their checksum
/file/PATH  sends a file
/stream/8   sends eight megabytes that lie in no file of this machine
/failing    raises
"""

import hashlib
import json
import logging
import multiprocessing
import os
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

from driversite.serving.beside import Beside
from driversite.serving.sockets import listening
from driversite.serving.workers import Workers
from tests.patience import until

MEGABYTE = bytes(range(256)) * 4096


class Stream:
    streaming = True

    def __init__(self, chunks):
        self.chunks = chunks

    def __iter__(self):
        return iter(self.chunks)


class Site:
    def ready(self, environ):
        if environ["PATH_INFO"] != "/":
            return None
        headers = [("content-type", "text/html"), ("x-thread", threading.current_thread().name)]
        return SimpleNamespace(status="200 OK", headers=headers, body=b"ready" * 1000)

    def __call__(self, environ, start_response):
        what, _, argument = environ["PATH_INFO"].lstrip("/").partition("/")
        if what == "slow":
            logging.info("slow begins")
            time.sleep(float(argument))
        if what == "wait":
            logging.info("wait begins")
            until(Path(f"/{argument}").exists)
        if what == "failing":
            raise ValueError(argument)
        if what == "file":
            file = open(f"/{argument}", "rb")  # noqa: SIM115
            start_response("200 OK", [("Content-Length", str(os.fstat(file.fileno()).st_size))])
            return environ["wsgi.file_wrapper"](file)
        if what == "stream":
            start_response("200 OK", [("Content-Length", str(int(argument) * len(MEGABYTE)))])
            return Stream(MEGABYTE for _each in range(int(argument)))
        body = environ["wsgi.input"].read()
        start_response("200 OK", [("Content-Type", "application/json")])
        said = {name: value for name, value in environ.items() if isinstance(value, str)}
        said |= {"pid": os.getpid(), "length": len(body), "checksum": hashlib.sha256(body).hexdigest()}
        return [json.dumps(said).encode()]


def main():
    logging.basicConfig(level="INFO", format="%(name)s: %(message)s")
    multiprocessing.set_start_method("fork")
    port, *beside = sys.argv[1:]
    Workers(
        Site(), listening("127.0.0.1", int(port), workers=2), beside=Beside(beside) if beside else None
    ).run()


if __name__ == "__main__":
    main()
