"""Numbers in words, German and English, up to 99. Pure."""


def _words(text):
    return text.split()


GERMAN_UNITS = _words("null ein zwei drei vier fünf sechs sieben acht neun")
GERMAN_TEENS = _words("zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn")
GERMAN_TENS = _words("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")
GERMAN_ODD = {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}

ENGLISH_UNITS = _words("zero one two three four five six seven eight nine")
ENGLISH_TEENS = _words("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
ENGLISH_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
ENGLISH_ODD = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def _german(n):
    if n < 10:
        return "eins" if n == 1 else GERMAN_UNITS[n]
    if n < 20:
        return GERMAN_TEENS[n - 10]
    tens, unit = GERMAN_TENS[n // 10 - 2], n % 10
    return f"{GERMAN_UNITS[unit]}und{tens}" if unit else tens


def _english(n):
    if n < 20:
        return [*ENGLISH_UNITS, *ENGLISH_TEENS][n]
    tens, unit = ENGLISH_TENS[n // 10 - 2], n % 10
    return f"{tens}-{ENGLISH_UNITS[unit]}" if unit else tens


def _english_ordinal(word):
    start, dash, last = word.rpartition("-")
    last = ENGLISH_ODD.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return f"{start}{dash}{last}"


GERMAN = {_german(n): n for n in range(1, 100)} | {"zwo": 2}
# The stem that an ending follows: zweit-er, zwanzigst-en.
GERMAN_ORDINALS = {GERMAN_ODD.get(n, _german(n) + ("t" if n < 20 else "st")): n for n in range(1, 100)}
GERMAN_ORDINALS |= {"siebent": 7}
ENGLISH = {_english(n): n for n in range(1, 100)}
ENGLISH_ORDINALS = {_english_ordinal(_english(n)): n for n in range(1, 100)}


def resembles(said: int, known: int) -> bool:
    """Whether one is a slip of the pen for the other: two digits changed places, or one of three is another."""
    one, other = str(said), str(known)
    if len(one) != len(other) or len(one) < 2 or said == known:
        return False
    differing = sum(a != b for a, b in zip(one, other, strict=True))
    return (differing == 2 and sorted(one) == sorted(other)) or (differing == 1 and len(one) > 2)


def one_of(words) -> str:
    """A pattern for any of the words, the longer ones first."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"
