"""What one process keeps at hand: as many bytes as it may, the least asked for goes first."""

from collections import OrderedDict
from threading import Lock

from driversite.pages.entry import Entry

MEGABYTE = 2**20
# Of the site's own pages, and of answers to questions: searches, filtered lists, addresses where nothing is. Robots ask
# without end and must not push the pages out.
PAGES, QUESTIONS = 24 * MEGABYTE, 4 * MEGABYTE
# A file of several megabytes would push out a hundred pages; the shared copy does for it.
LARGEST = 8


class Shelf:
    """Reading takes no lock: a page that was asked for is only marked, and stays once more when room is needed."""

    def __init__(self, room: int):
        self._room, self._taken, self._writing = room, 0, Lock()
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self.get = self._entries.get

    def put(self, entry: Entry) -> None:
        if entry.size > self._room // LARGEST:
            return
        with self._writing:
            before = self._entries.get(entry.key)
            self._entries[entry.key] = entry
            self._taken += entry.size - (before.size if before else 0)
            while self._taken > self._room:
                self._drop_one()

    def _drop_one(self):
        key, entry = next(iter(self._entries.items()))
        if entry.used:
            entry.used = False
            self._entries.move_to_end(key)
        else:
            del self._entries[key]
            self._taken -= entry.size


class Memory:
    def __init__(self, pages: int = PAGES, questions: int = QUESTIONS):
        self._pages, self._questions = Shelf(pages), Shelf(questions)
        self.page, self.question = self._pages.get, self._questions.get

    def get(self, key: str) -> Entry | None:
        return self.page(key) or self.question(key)

    def put(self, entry: Entry) -> None:
        (self._questions if entry.is_question else self._pages).put(entry)
