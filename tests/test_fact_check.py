"""The fact check on a corpus of report sentences: tests/data/facts-de.toml and facts-en.toml."""

import pytest

from news.checking import CONTRADICTS, check_against, record_of
from tests.reports import corpus, races

pytestmark = pytest.mark.django_db


def figures(language):
    """(planted errors, those missed, sound sentences, those accused) with the rows that say so."""
    records = {name: record_of(race) for name, race in races().items()}
    planted, missed, sound, accused = [], [], [], []
    for told in corpus(language):
        rows = check_against(told.text, language, records[told.race])
        wrong = [row for row in rows if row.verdict == CONTRADICTS]
        (planted if told.wrong else sound).append(told)
        if told.wrong and told.wrong not in {row.kind for row in wrong}:
            missed.append((told, rows))
        if not told.wrong and wrong:
            accused.append((told, wrong))
    return planted, missed, sound, accused


@pytest.mark.parametrize("language", ["de", "en"])
def test_planted_errors_are_found_and_true_sentences_left_alone(language):
    planted, missed, sound, accused = figures(language)
    found, alarms = 1 - len(missed) / len(planted), len(accused) / len(sound)
    said = f"{found:.1%} of {len(planted)} planted errors found, {alarms:.1%} of {len(sound)} sound sentences accused"
    details = [
        f"{told.race}: {told.wrong or 'sound'}: {told.text}\n    {rows}" for told, rows in missed + accused
    ]
    assert found >= 0.95 and alarms <= 0.02, "\n".join([said, *details])


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_corpus_is_as_large_as_promised(language):
    told = corpus(language)
    assert len(told) >= 150
    assert 0.4 < sum(bool(each.wrong) for each in told) / len(told) < 0.6
