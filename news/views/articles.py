from functools import partial
from types import SimpleNamespace
from urllib.parse import urlencode

from django.db.models import BigAutoField, CharField, DateTimeField, UUIDField
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import translate_url
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy

from news.blocks import photos_in, sessions_in
from news.bodies import Blocks, lines_in_force, place_in_list, rounds_of, session_blocks
from news.figures import figures_of, tells_the_result
from news.models import ArchivedMonth, Article, Photo, Tag
from news.querysets.archive import month_with
from news.querysets.articles import first_corrected
from news.querysets.renditions import bring_sizes
from news.slugs import question
from news.views.windows import window
from prepared import prepared

# One large, one beside it, three rows of three.
ON_A_PAGE = 11
RELATED = 3
# So many articles of a list are passed over; what begins behind them begins with its month.
FAR_DOWN = 500
# A tag is rare that no more articles have.
FEW = 500

# The kinds as the names of lists.
KINDS = {
    Article.Kind.REPORT: pgettext_lazy("articles", "Race reports"),
    Article.Kind.PREVIEW: pgettext_lazy("articles", "Previews"),
    Article.Kind.INTERVIEW: pgettext_lazy("articles", "Interviews"),
    Article.Kind.ANNOUNCEMENT: pgettext_lazy("articles", "Announcements"),
    Article.Kind.BACKGROUND: pgettext_lazy("articles", "Background"),
    Article.Kind.COLUMN: pgettext_lazy("articles", "Columns"),
}


def article_list(request):
    """All public articles of this language, the newest first; by kind or tag where asked for."""
    kind, tag = request.GET.get("kind", ""), None
    kind = kind if kind in Article.Kind.values else ""
    if slug := request.GET.get("tag", ""):
        tag = get_object_or_404(Tag.objects.public(), slug=question(slug))
    asked = {"at": timezone.now(), "language": get_language(), "kind": kind}
    stretch = partial(_of_tag, tag=tag.pk) if tag else _listed
    page = window(partial(stretch, bool(kind), **asked), request.GET.get("page"), ON_A_PAGE)
    bring_sizes(article.lead_photo for article in page if article.lead_photo)
    filters = {name: value for name, value in (("kind", kind), ("tag", tag and tag.slug)) if value}
    address = filters | ({"page": page.number} if page.number > 1 else {})
    return render(
        request,
        "news/article_list.html",
        {
            "page": page,
            "kinds": KINDS.items(),
            "kind": kind,
            "kind_title": kind and KINDS[kind],
            "tag": tag,
            "filters": f"{urlencode(filters)}&" if filters else "",
            "page_query": f"?{urlencode(address)}" if address else "",
            **({"versions": _filtered_in(request.path, kind, tag, filters)} if filters else {}),
        },
    )


ASKED = {"at": DateTimeField(), "language": CharField(), "kind": CharField()}


def _of(of_kind, articles=Article.objects, *, at, language, kind):
    articles = articles.public(at).in_language(language).newest_first()
    return articles.filter(kind=kind) if of_kind else articles


@prepared(**ASKED, tag=BigAutoField())
def _tagged(of_kind, start, end, *, tag, **asked):
    articles = _of(of_kind, **asked).tagged(Tag.objects.filter(pk=tag).values("pk"))
    return articles.stretch(start, end).as_cards()


@prepared(tag=BigAutoField())
def _some_with(number, *, tag):
    return Article.tags.through.objects.filter(tag=tag).values_list("article", flat=True)[:number]


def _of_tag(of_kind, start, end, *, tag, **asked):
    """A rare tag is begun with: looked for among the newest, it takes the longer the rarer it is."""
    keys = _some_with(FEW + 1, tag=tag)
    if len(keys) > FEW:
        return _tagged(of_kind, start, end, tag=tag, **asked)
    return (
        Article.objects.filter(pk__in=keys).that_are_in(_of(of_kind, **asked)).stretch(start, end).as_cards()
    )


@prepared(**ASKED)
def _newest(of_kind, start, end, **asked):
    return _of(of_kind, **asked).stretch(start, end).as_cards()


@prepared(**ASKED, until=DateTimeField())
def _older(of_kind, start, end, *, until, **asked):
    # SQLite goes by the first bound of a time that it reads: here that of the month, not that of today.
    articles = Article.objects.filter(published_at__lt=until)
    return _of(of_kind, articles, **asked).stretch(start, end).as_cards()


@prepared(**ASKED)
def _months(of_kind, *, at, language, kind):
    return ArchivedMonth.objects.of_list(at, language, kind if of_kind else None)


def _listed(of_kind, start, end, **asked):
    """Far down from the month on in which it begins."""
    if start < FAR_DOWN:
        return _newest(of_kind, start, end, **asked)
    if not (month := month_with(start, _months(of_kind, **asked))):
        return []
    until, newer = month
    return _older(of_kind, start - newer, end - newer, until=until, **asked)


def _filtered_in(path, kind, tag, filters):
    """{language: address of the list with the same filter}, where there is something in it."""
    # Joined, for one of all: it is for the database to say whether it begins with the articles or with the tag.
    articles = Article.objects.public().filter(tags=tag) if tag else Article.objects.public()
    found = articles.filter(kind=kind) if kind else articles
    languages = sorted(found.languages() | {get_language()})
    return {code: f"{translate_url(path, code)}?{urlencode(filters)}" for code in languages}


@prepared(at=DateTimeField(), language=CharField(), slug=CharField())
def _named(at, language, slug):
    articles = Article.objects.public(at).addressed(language, slug)
    return articles.select_related("lead_photo", "race__circuit", "race__layout").with_corrections()


# What the others beside an article are found by.
BESIDE = {
    "pk": BigAutoField(),
    "language": CharField(),
    "translation_group": UUIDField(),
    "race_id": BigAutoField(),
    "published_at": DateTimeField(),
}


@prepared(at=DateTimeField(), **BESIDE)
def _beside(at, **article):
    others = Article.objects.public(at).beside(SimpleNamespace(**article), RELATED + 2, at)
    return others.as_cards().newest_first()


@prepared(article=BigAutoField())
def _gallery(article):
    return Photo.objects.of_article(article)


@prepared(article=BigAutoField())
def _tags(article):
    return Tag.objects.filter(articles=article)


def article_detail(request, slug):
    """One public article in the language of the address."""
    article = first_corrected(_named(at=timezone.now(), language=get_language(), slug=slug))
    if article is None:
        raise Http404
    return render(request, "news/article_detail.html", article_context(article))


def article_context(article):
    """All that the article's page shows; the preview in the admin shows the same."""
    others = _beside(at=timezone.now(), **{name: getattr(article, name) for name in BESIDE})
    around = _neighbours(article, others)
    related = _related(article, [other for other in others if other not in around.values()])
    in_text = photos_in(article.body)
    photos = Photo.objects.of_article(article.pk, in_text) if in_text else _gallery(article=article.pk)
    photos = [photo for photo in photos if photo.is_showable()]
    pictures = [picture for picture in (a.picture for a in [article, *related]) if picture]
    bring_sizes(pictures + photos)
    return {
        "article": article,
        "tags": _tags(article=article.pk),
        "gallery": [photo for photo in photos if photo.gallery_place is not None],
        "corrections": article.shown_corrections,
        "versions": {a.language: a.get_absolute_url() for a in [article, *_versions(article, others)]},
        "related": related,
        **around,
        **_results_of(article, {photo.pk: photo for photo in photos}),
    }


def _results_of(article, photos):
    """What the article shows of its race and of the sessions in its text; one from before the finish does not give the
    result away."""
    sessions = sessions_in(article.body)
    lines = lines_in_force(article.race, sessions)
    races = {line.classification.session.race_id for line in lines} | {article.race_id} - {None}
    rounds = rounds_of(races) if races else []
    blocks = Blocks(photos, session_blocks(sessions, lines, rounds), partial(tells_the_result, article))
    if not article.race:
        return {"blocks": blocks}
    context = race_context(
        article.race, [line for line in lines if line.classification.session.race_id == article.race_id]
    )
    last = context["classification"]
    return context | {
        "blocks": blocks,
        "rounds": [each for each in rounds if each.race_id == article.race_id],
        "is_told": not last or tells_the_result(article, last.session),
    }


def race_context(race, lines):
    """The result list of the race in force and our line: what the fact box and the table are made from."""
    races = [line for line in lines if line.classification.session.is_race]
    last = races[-1].classification if races else None
    return {
        "race": race,
        "classification": last,
        "results": sorted((line for line in races if line.classification == last), key=place_in_list),
        **figures_of(race.pk, [line for line in lines if line.entry.is_ours]),
    }


def _versions(article, others):
    return [other for other in others if other.translation_group == article.translation_group]


def _neighbours(article, others):
    """The nearest articles of this language before and after it; others are the newest first."""
    if not article.published_at:
        return {"before": None, "after": None}
    here = [other for other in others if other.language == article.language]
    when = (article.published_at, article.pk)
    return {
        "before": next((other for other in here if (other.published_at, other.pk) < when), None),
        "after": next((other for other in reversed(here) if (other.published_at, other.pk) > when), None),
    }


def _related(article, others):
    """Of the same race first, then of the same tags."""
    here = [other for other in others if other.language == article.language]
    return sorted(here, key=lambda other: other.race_id is None or other.race_id != article.race_id)[:RELATED]
