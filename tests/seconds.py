"""An article that comes at one second and goes at another, and visitors who look for it all the while."""

import time

HEADLINE, ADDRESS = "Punkt sechs", "/news/punkt-sechs/"
# Named only when all that takes time is done, the seconds are as near as a slow machine can have them.
SCHEDULE = """
from datetime import timedelta
from django.utils import timezone
from news.models import Article
from tests.factories import ArticleFactory

wait = timedelta(seconds={seconds})
Article.objects.filter(slug="punkt-sechs").delete()
article = ArticleFactory(
    slug="punkt-sechs", headline={headline!r}, published_at=timezone.now() + 9 * wait, expires_at=None
)
article.published_at = timezone.now().replace(microsecond=0) + wait
article.expires_at = article.published_at + wait
article.save()
print(article.published_at.timestamp(), article.expires_at.timestamp())
"""


def scheduled(app):
    """When it comes and when it goes; a slow machine gets more time, until half of it is left to look in."""
    for seconds in (2, 4, 8, 16, 32, 64):
        said = app.shell(SCHEDULE.format(seconds=seconds, headline=HEADLINE))
        comes, goes = map(float, said.split()[-2:])
        if time.time() < comes - seconds / 2:
            return comes, goes
    raise AssertionError(f"this machine needs more than {seconds / 2} seconds to say when an article comes")


def comes_and_goes_on_its_second(app, looks):
    """`looks`: {where: a function that looks there and says whether it has found the article}."""
    comes, goes = scheduled(app)
    found = {where: [] for where in looks}
    # A look may take longer than that second: everywhere one is made after it has gone.
    while time.time() < goes + 1 or not all(answers and answers[-1][1] >= goes for answers in found.values()):
        for where, is_there in looks.items():
            asked = time.time()
            found[where].append((is_there(), asked, time.time()))
    for where, answers in found.items():
        for is_there, asked, answered in answers:
            if answered < comes or asked >= goes:
                assert not is_there, (where, asked - comes, asked - goes)
            elif asked >= comes and answered < goes:
                assert is_there, (where, asked - comes)
        assert {is_there for is_there, _asked, _answered in answers} == {True, False}, where
    return True
