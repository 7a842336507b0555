"""One page of a long list that never counts the whole list: it costs the same at any number of rows."""

from django.http import Http404

# No list is longer; numbers beyond it would be too large for a database.
MOST_PAGES = 100_000


class Window:
    """What a template asks of Django's Page, but for how many pages there are. `stretch(start, end)` is asked for the
    rows from one place to the other."""

    def __init__(self, stretch, number, size):
        found = list(stretch((number - 1) * size, number * size + 1))
        self.object_list, self.number = found[:size], number
        self.has_previous, self.has_next = number > 1, len(found) > size
        self.previous_page_number, self.next_page_number = number - 1, number + 1

    def __iter__(self):
        return iter(self.object_list)


def window(stretch, asked, size, most=MOST_PAGES):
    """The page that was asked for, the first one if that is no number; a page behind the last one is not there."""
    number = int(asked) if asked and asked.isdecimal() and len(asked) < 9 else 1
    if not 1 <= number <= most:
        raise Http404
    page = Window(stretch, number, size)
    if number > 1 and not page.object_list:
        raise Http404
    return page
