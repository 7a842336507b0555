"""A page as it is kept: its bytes in each encoding, and how long they are right."""

import gzip
import json
from dataclasses import dataclass, field, replace
from hashlib import blake2b

import brotli

# Written with every stored page: what another version of this module wrote is not read.
FORM = 1
# Stronger packing takes ten times as long for a few per cent, and whoever comes first waits for it.
BROTLI, GZIP = 5, 6
PAGES, QUESTIONS = 4096, 1024
# The best first; whoever may have any gets the first.
ENCODINGS = ("br", "gzip", "identity")


@dataclass(slots=True, eq=False)
class Entry:
    """`headers` are those of the view; what follows from bytes and times is added when it is sent."""

    key: str
    status: str
    headers: list[tuple[str, str]]
    bodies: dict[str, bytes]
    etag: str
    last_modified: int
    generation: str
    rendered_at: float
    # Until then the page is right, as long as its generation lasts.
    good_until: float
    # Until then it is better than none: nothing in it has had its time, and it is not too old.
    stale_until: float
    is_question: bool = False
    # Whether somebody asked for it since the memory last looked for something to drop.
    used: bool = False
    # Ready answers, made when they are first asked for; see answers.py.
    answers: dict = field(default_factory=dict, repr=False)
    answers_of: int = -1

    @property
    def size(self) -> int:
        # What the objects themselves take is about as much as two kilobytes.
        return len(self.key) + sum(map(len, self.bodies.values())) + 2048

    def out_of_date(self) -> "Entry":
        """As it is sent where it has to do for a newer one: nobody on the way may keep it."""
        return replace(self, good_until=0.0, answers={}, answers_of=-1)

    def is_good(self, generation: str, at: float) -> bool:
        return self.generation == generation and at < self.good_until

    def pack(self) -> bytes:
        """One line that says everything, then the bodies."""
        said = {name: getattr(self, name) for name in TOLD}
        said |= {"form": FORM, "sizes": {name: len(body) for name, body in self.bodies.items()}}
        return b"".join([json.dumps(said).encode(), b"\n", *self.bodies.values()])

    @classmethod
    def unpack(cls, packed: bytes) -> "Entry | None":
        """None for what is torn, empty or of another version."""
        line, _newline, rest = packed.partition(b"\n")
        try:
            said = json.loads(line)
            if said.pop("form") != FORM:
                return None
            sizes = said.pop("sizes")
            if sum(sizes.values()) != len(rest):
                return None
            bodies, at = {}, 0
            for name, size in sizes.items():
                bodies[name], at = rest[at : at + size], at + size
            said["headers"] = [tuple(header) for header in said["headers"]]
            return cls(bodies=bodies, **said)
        except (ValueError, KeyError, TypeError, AttributeError):
            return None


TOLD = (
    "key",
    "status",
    "headers",
    "etag",
    "last_modified",
    "generation",
    "rendered_at",
    "good_until",
    "stale_until",
    "is_question",
)


def bodies_of(body: bytes) -> dict[str, bytes]:
    """The same bytes in every encoding, in the order of ENCODINGS. The same page gives the same bytes each time."""
    return {
        "br": brotli.compress(body, quality=BROTLI),
        "gzip": gzip.compress(body, GZIP, mtime=0),
        "identity": body,
    }


def place_of(key: str, is_question: bool) -> str:
    """Where all processes look for it. There are so many places and no more: whoever asks for something else takes the
    place of what was there."""
    number = int.from_bytes(blake2b(key.encode(), digest_size=4).digest())
    return f"questions/{number % QUESTIONS:04d}" if is_question else f"pages/{number % PAGES:04d}"


def places_of(key: str) -> list[str]:
    """The answer to a plain address may be that nothing is there."""
    return [place_of(key, is_question) for is_question in ((True,) if "?" in key else (False, True))]


def etag_of(body: bytes) -> str:
    return blake2b(body, digest_size=12).hexdigest()
