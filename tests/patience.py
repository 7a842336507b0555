"""Waiting for what other processes and threads do: asked again and again, and for no longer than PATIENCE."""

import time

# Seconds; longer than anything takes that works, on a machine that has much else to do.
PATIENCE = 60


def until(so, log=None, pause=time.sleep):
    """Ask again until it is so; what was answered. `log` is the file that says why where it never is."""
    end = time.monotonic() + PATIENCE
    while not (answer := so()):
        if time.monotonic() > end:
            raise AssertionError(f"not so within {PATIENCE} seconds\n{log.read_text() if log else ''}")
        pause(0.05)
    return answer
