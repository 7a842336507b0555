"""The fact check on a corpus of report sentences: tests/data/facts-de.toml and facts-en.toml."""

import pytest

from tests.reports import corpus, figures, records

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["de", "en"])
def test_planted_errors_are_found_and_true_sentences_left_alone(language):
    planted, missed, sound, accused = figures(language, records())
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
