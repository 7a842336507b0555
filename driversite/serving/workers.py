"""The processes of the server, and how they begin and end.

granian does the work; what stands here is what it lacks (docs/decisions.md has the measurements):
a worker that is told to end while it starts ends; one that outlives its master ends as well; what waits for one that
was killed is not lost; and a cached page is answered without a turn of the event loop.
"""

import contextlib
import gc
import logging
import os
import resource
import signal
import socket
import sys
import threading
import time
from multiprocessing import connection, parent_process

from granian import _futures
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.net import SocketHolder
from granian.server import mp

from driversite.serving.beside import Nobody
from driversite.serving.gateway import Gateway
from driversite.serving.sockets import BACKLOG, spelt

logger = logging.getLogger(__name__)

# Seconds that requests under way have after SIGTERM; then what is left is killed.
GRACE = 20
# A worker that has not lived this long (seconds) is replaced that much later: it may happen again at once.
YOUNG = 1
# A thread that renders lets others have their turn this often (seconds): a cached page waits no longer than this.
TURN = 0.0005
# Connections at once in each worker: a slow visitor costs one of these and nothing else.
CONNECTIONS = 2048
HEADERS_WITHIN = 10_000  # milliseconds, also between two requests of one connection
LARGEST_HEADERS = 64 * 1024


class Workers(mp.MPServer):
    """`serve()` comes back when all have ended."""

    def __init__(self, application, listeners, *, workers=2, beside=None, logging_config=None):
        super().__init__(
            "driversite.wsgi:application",
            interface=Interfaces.RSGI,
            loop=Loops.asyncio,
            workers=workers,
            http=HTTPModes.http1,
            # Without pipeline_flush, for which a slow reader's file is read into memory as a whole.
            http1_settings=HTTP1Settings(
                header_read_timeout=HEADERS_WITHIN, max_buffer_size=LARGEST_HEADERS, pipeline_flush=False
            ),
            websockets=False,
            backlog=BACKLOG,
            backpressure=CONNECTIONS,
            respawn_failed_workers=True,
            respawn_interval=1,
            workers_kill_timeout=GRACE,
            # Of granian, what goes wrong; what goes well is said here.
            log_level=LogLevels.warning,
            log_dictconfig=logging_config,
        )
        self.application, self.listeners, self.beside = application, listeners, beside or Nobody()
        self.on_startup(self._begun)

    def run(self):
        enough_files()
        # What is loaded by now is shared by all workers as long as nobody writes to it, and counting is writing.
        gc.collect()
        gc.freeze()
        self.serve(target_loader=self._in_the_worker, wrap_loader=False)

    def _begun(self):
        self.beside.start()
        logger.info("Serving %s, workers: %d", spelt(self.listeners[0]), self.workers)
        tell_systemd("READY=1")

    def _init_shared_socket(self):
        """granian's own are closed with the worker that has them, and what waits there is lost."""
        self._ssp = None

    def _spawn_worker(self, idx, *arguments, **named):
        self._sso = self.listeners[idx % len(self.listeners)]
        self._shd = SocketHolder(self._sso.fileno(), self._sso.family == socket.AF_UNIX, BACKLOG)
        return super()._spawn_worker(idx, *arguments, **named)

    def _respawn_workers(self, workers, *arguments, **named):
        """granian forgets who dies while it hears of another's death, and gives up when one dies twice."""
        if any(time.monotonic() - self.wrks[idx].birth < YOUNG for idx in workers):
            time.sleep(YOUNG)
        super()._respawn_workers(list(dict.fromkeys(workers)), *arguments, **named)
        self.respawned_wrks.clear()
        dead = {worker.idx for worker in self.wrks if not worker.is_alive()}
        self.interrupt_children.extend(dead.difference(self.interrupt_children))
        if self.interrupt_children:
            self.main_loop_interrupt.set()

    def _drop_shared_socket(self):
        name = self.listeners[0].getsockname()
        for listener in self.listeners:
            listener.close()
        if isinstance(name, str) and "LISTEN_PID" not in os.environ:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name)

    def _stop_workers(self):
        tell_systemd("STOPPING=1")
        self.beside.stop()
        super()._stop_workers()
        self.beside.wait(GRACE)
        logger.info("Ended")

    def signal_handler_interrupt(self, *arguments):
        """A worker inherits this until it has a handler of its own: without a word it would wait for ever."""
        if os.getpid() != self.pid:
            os._exit(0)
        super().signal_handler_interrupt(*arguments)

    def signal_handler_reload(self, *arguments):
        if os.getpid() == self.pid:
            super().signal_handler_reload(*arguments)

    def _in_the_worker(self):
        sys.setswitchinterval(TURN)
        threading.Thread(target=end_with_the_master, daemon=True).start()
        return Door(Gateway(self.application))


class Door:
    """What granian calls: `__rsgi_init__` when the worker's event loop is there, `__rsgi__` for each request."""

    def __init__(self, gateway):
        self.gateway = gateway
        self.__rsgi__ = gateway.__rsgi__

    def __rsgi_init__(self, loop):
        # Ctrl-C reaches everybody at the terminal; the master tells its workers, once.
        loop.remove_signal_handler(signal.SIGINT)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        answer_at_once(self.gateway)


def answer_at_once(gateway):
    """Requests come through a queue of granian's to Python; whoever takes them from there answers what is ready.

    granian itself would hand each one to the event loop, which halves the rate. Should a version of it lack what is
    reached for here, `Gateway.__rsgi__` answers as well, only later; tests/test_server.py says so.
    """

    scheduler = _futures._CBSchedulerAIO

    class Scheduler(scheduler):
        __slots__ = []

        def __init__(self, loop, callback, *arguments):
            super(scheduler, self).__init__()
            later = _futures._cbsched_aioschedule(loop, self._ctx, callback)

            def schedule(watcher):
                if not gateway.at_once(watcher.scope, watcher.proto):
                    later(watcher)

            self._schedule_fn = schedule

    _futures._CBSchedulerAIO = Scheduler


def end_with_the_master():
    """A master that was killed cannot tell anybody."""
    connection.wait([parent_process().sentinel])
    os.kill(os.getpid(), signal.SIGTERM)


def enough_files():
    """Each connection is an open file; the usual limit of 1024 is a courtesy to programs that nobody runs any more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS * 2
    if soft != resource.RLIM_INFINITY and soft < wanted:
        wanted = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def tell_systemd(state):
    """sd_notify, where a unit of Type=notify has asked for it."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if address:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
            told.connect(f"\0{address[1:]}" if address.startswith("@") else address)
            told.sendall(state.encode())
