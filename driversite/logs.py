"""The lines of the log. Whoever has the address of a draft may read it, so none is written down, however mistyped."""

import logging
import re

# As driversite/urls.py and its translations spell it. What follows may hold anything, blanks as well; a line about a
# request goes on behind it.
DRAFT = re.compile(r"(?<![\w-])(vorschau|preview)/(?! HTTP/).+?(?= HTTP/\d|$)", re.I | re.M)


class Line(logging.Formatter):
    """Cuts the finished line, so that it does not matter who writes what, or which error holds the address."""

    def format(self, record):
        return DRAFT.sub(r"\1/…", super().format(record))
