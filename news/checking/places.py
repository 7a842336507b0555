"""Places in a sentence: on the grid, overall, in class; wins, podiums, pole and fastest lap. Pure."""

from dataclasses import replace

from news.checking.sentences import Claim

GRID, POSITION, CLASS = "grid", "position", "class_position"


def places_in(sentence, subjects):
    """The claims of one sentence about places, each stretch of the text read once."""
    taken = []
    for read in (_on_the_grid, _rows, _from_to, _places, _tops, _wins, _podiums):
        for claim, end in read(sentence, subjects):
            if all(end <= start or claim.start >= stop for start, stop in taken):
                taken.append((claim.start, end))
                yield claim
    yield from _poles(sentence, subjects)
    yield from _fastest(sentence, subjects)


def _claim(sentence, kind, match, value, is_open):
    said = f"≤ {value[1]}" if value[0] == "top" else f"row {value[1]}" if value[0] == "row" else str(value[1])
    # Both grids of a weekend may be driven out on one day.
    both = kind == GRID and sentence.words.QUALIFYING.search(sentence.text)
    which = sentence.named_race if both else sentence.which_race
    claim = Claim(kind, match[0].strip(), said, value, match.start(), is_open, which)
    return claim, match.end()


def _number(words, match):
    groups = match.groupdict()
    said = next((groups[name] for name in ("n", "a", "b", "c", "d") if groups.get(name)), "")
    return words.value(said)


def _is_open_on_grid(sentence, subjects, at):
    return not sentence.is_elsewhere and not sentence.is_unsure(at) and subjects.is_about_us(sentence, at)


def _on_the_grid(sentence, subjects):
    for match in sentence.words.GRID.finditer(sentence.text):
        if number := _number(sentence.words, match):
            at = match.start()
            is_open = _is_open_on_grid(sentence, subjects, at)
            yield _claim(sentence, GRID, match, ("place", number), is_open)


def _rows(sentence, subjects):
    for match in sentence.words.ROW.finditer(sentence.text):
        number = _number(sentence.words, match)
        of_start = any(match.groupdict().get(name) is not None for name in ("start", "start2", "c"))
        of_start = of_start or "start" in sentence.around(match.start()).casefold()
        if number and of_start:
            is_open = _is_open_on_grid(sentence, subjects, match.start())
            yield _claim(sentence, GRID, match, ("row", number), is_open)


def _from_to(sentence, subjects):
    for match in sentence.words.FROM_TO.finditer(sentence.text):
        words, at = sentence.words, match.start()
        start, goal = words.value(match["a"]), words.value(match["b"])
        is_open = _is_open_on_grid(sentence, subjects, at) and not words.BETWEEN.search(sentence.around(at))
        if start and goal and not words.TABLE.search(sentence.around(at)):
            yield _claim(sentence, GRID, match, ("place", start), is_open)[0], match.end("a")
            at = match.start("b")
            yield Claim(POSITION, match["b"], str(goal), ("place", goal), at, is_open), match.end()


def _places(sentence, subjects):
    words = sentence.words
    for pattern in words.PLACES:
        for match in pattern.finditer(sentence.text):
            number = words.value(match["n"])
            if not number or (
                words.OF_OTHERS.search(sentence.before(match.start("n"))) and not match["whole"]
            ):
                continue
            if words.PLACE_OF_OTHERS.search(sentence.before(match.start())):
                continue
            claim, end = _place(sentence, subjects, match, number)
            yield replace(claim, open=claim.open and not _is_of_another(sentence, subjects, match)), end


def _is_of_another(sentence, subjects, match):
    """ "Second and third" are places of two cars, and a place may go to somebody else."""
    words, after = sentence.words, sentence.after(match.end())
    if words.TWO_CARS_AFTER.search(after) or words.TWO_CARS_BEFORE.search(sentence.before(match.start())):
        return True
    return bool(words.WENT_TO.search(after)) and not subjects.names_ours(sentence, match.end())


def _place(sentence, subjects, match, number):
    if _is_grid(sentence, match):
        is_open = _is_open_on_grid(sentence, subjects, match.start())
        return _claim(sentence, GRID, match, ("place", number), is_open)
    qualifying = sentence.words.AFTER_QUALIFYING.sub("", sentence.around(match.start()))
    if sentence.words.QUALIFYING.search(qualifying):
        is_open = _is_open_on_grid(sentence, subjects, match.start())
        is_open = is_open and not sentence.words.PRACTICE.search(sentence.text)
        return _claim(sentence, GRID, match, ("qualified", number), is_open)
    return _result(sentence, subjects, match, ("place", number))


def _is_grid(sentence, match):
    words = sentence.words
    before, after = sentence.before(match.start()), sentence.after(match.end())
    return bool(
        words.GRID_BEFORE.search(before)
        or words.GRID_AROUND.search(sentence.around(match.start()))
        or words.GRID_AFTER.search(after)
        or (words.FROM_BEFORE.search(before) and words.TO_AFTER.search(after))
    )


def _result(sentence, subjects, match, value):
    """A place at the end of the race, overall or in class."""
    words, at = sentence.words, match.start()
    near = sentence.around(at, small=True)
    whole = match[0]
    in_class = _is_in_class(sentence, near, whole)
    clause = sentence.around(at)
    between = words.BETWEEN.search(clause) and not sentence.is_final(at)
    is_open = not (
        sentence.is_elsewhen
        or sentence.is_unsure(at)
        or between
        or words.TABLE.search(clause)
        or (words.TABLE_OR_RACE.search(clause) and sentence.record.rounds and not words.FINAL.search(clause))
        or (words.CUP.search(_without_classes(sentence, clause)) and not words.OVERALL.search(near))
    )
    is_open = is_open and subjects.is_about_us(sentence, at)
    return _claim(sentence, CLASS if in_class else POSITION, match, value, is_open)


def _without_classes(sentence, text):
    for name in sentence.record.classes:
        text = text.replace(name, "")
    return text


def _is_in_class(sentence, near, whole):
    words = sentence.words
    if words.CLASS.search(whole) or words.OVERALL.search(whole):
        return bool(words.CLASS.search(whole))
    named = any(len(name) > 2 and name in near for name in sentence.record.classes)
    return bool(words.CLASS.search(near) or named) and not words.OVERALL.search(near)


def _wins(sentence, subjects):
    words = sentence.words
    for match in words.WIN.finditer(sentence.text):
        after, before = sentence.after(match.end()), sentence.before(match.start())
        if words.WIN_NOT.search(after) or words.WIN_NOT_BEFORE.search(before):
            continue
        groups = match.groupdict()
        in_class = any(groups.get(name) for name in ("class", "class2", "class3"))
        claim, end = _result(sentence, subjects, match, ("place", 1))
        kind = CLASS if in_class or words.CLASS.search(match[0]) else claim.kind
        yield Claim(kind, claim.quote, "1", claim.value, claim.start, claim.open, claim.which), end


def _podiums(sentence, subjects):
    for match in sentence.words.PODIUM.finditer(sentence.text):
        yield _result(sentence, subjects, match, ("top", 3))


def _tops(sentence, subjects):
    for match in sentence.words.TOP.finditer(sentence.text):
        if number := _number(sentence.words, match):
            yield _result(sentence, subjects, match, ("top", number))


def _poles(sentence, subjects):
    words = sentence.words
    for match in words.POLE.finditer(sentence.text):
        at = match.start()
        is_open = _is_open_on_grid(sentence, subjects, at) and not words.POLE_NOT.search(sentence.before(at))
        yield _claim(sentence, "pole", match, ("place", 1), is_open)[0]


def _fastest(sentence, subjects):
    words = sentence.words
    for match in words.FASTEST.finditer(sentence.text):
        if match["own"] and words.FASTEST_OWN.match(match["own"]):
            continue
        at = match.start()
        around = words.AFTER_QUALIFYING.sub("", sentence.around(at))
        is_open = _is_open_on_grid(sentence, subjects, at) and not words.QUALIFYING.search(around)
        yield _claim(sentence, "fastest_lap", match, ("place", 1), is_open)[0]
