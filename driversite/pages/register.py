"""The register of cookies, which its package keeps at hand in each process without hearing of any other."""

from driversite import consent


class Register:
    """Read anew for each generation of pages. Two threads may both forget it: that costs a question, and no more."""

    def __init__(self):
        self._generation = ""

    def is_of(self, generation: str) -> None:
        """What follows is of this generation: what was read under another one is forgotten."""
        if generation != self._generation:
            consent.forget_register()
            self._generation = generation
