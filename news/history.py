"""One way to change an article that somebody may have open: alone with its row, from the state that was looked at,
and the state that comes of it is kept in its history."""

from contextlib import contextmanager

import reversion
from django.db import transaction
from reversion.models import Version

from news.checking.contradictions import look_again_at_article
from news.models import Article, GalleryPhoto, Milestone

# The names of milestones, for `new_version(…, milestone=SUBMITTED)`.
SUBMITTED, RETURNED, RELEASED, WITHDRAWN, CORRECTED, RESTORED, DELETED, BROUGHT_BACK, NAMED = Milestone.Kind


class Stale(Exception):
    """Somebody saved the article after this editor had opened it. `stored` is the article as it stands."""

    def __init__(self, stored):
        super().__init__(f"{stored} was saved in the meantime (version {stored.version}).")
        self.stored = stored


@contextmanager
def new_version(pk, user, *, seen=None, comment="", milestone=""):
    """Hand out the stored article, locked; what is saved inside becomes one version of its history, with who and when.

    `seen` is the `Article.version` that the change was made from; without it the change goes for any state, as that
    of a stage does. Raises Stale where the article has moved on, Article.DoesNotExist where it was deleted; nothing is
    stored then. `comment` is what somebody has to say about the change, `milestone` one of the names above.
    """
    with transaction.atomic():
        stored = Article.objects.select_for_update().get(pk=pk)
        if seen is not None and stored.version != seen:
            raise Stale(stored)
        _keep_as_found(stored)
        with first_version(user, comment=comment, milestone=milestone):
            yield stored
        look_again_at_article(pk)


@contextmanager
def first_version(user, *, comment="", milestone=""):
    """What is saved inside becomes a version of its history; for a new article, which nobody can have open yet."""
    with transaction.atomic(), reversion.create_revision():
        reversion.set_user(user)
        reversion.set_comment(comment)
        if milestone:
            call_it(milestone)
        yield
        # Whoever knows no more than a comment may give the name of a milestone as one.
        if reversion.get_comment() in Milestone.Kind.values:
            call_it(reversion.get_comment())
            reversion.set_comment("")


def call_it(milestone):
    """The version that is being made is this milestone, besides what it is called already."""
    reversion.add_meta(Milestone, kind=milestone)


def keep_before_deleting(article, user):
    """The last state of an article that is about to be deleted: from here it can be brought back."""
    with first_version(user, milestone=DELETED):
        reversion.add_to_revision(article)


def _keep_as_found(stored):
    """What came by import or by code has no version yet; the first change must not be the end of it."""
    latest = Version.objects.get_for_object_reference(Article, stored.pk).first()
    if latest is None or number_of(latest) != stored.version:
        with reversion.create_revision():
            reversion.set_date_created(stored.updated_at)
            reversion.add_to_revision(stored)


def versions_of(pk):
    """All versions of an article, also of a deleted one, the newest first."""
    found = Version.objects.get_for_object_reference(Article, pk)
    return found.select_related("revision__user").prefetch_related("revision__milestones")


def number_of(version):
    """The Article.version that was stored."""
    return version.field_dict["version"]


def fields_at(article, number) -> dict | None:
    """What stood in the article's fields at this `Article.version`: {"headline": …, "body": …, "tags": [pk, …], …};
    None where that state was never kept. HTML in it was sanitized by the rules of its day: sanitize it again."""
    found = (version.field_dict for version in versions_of(article.pk).iterator(chunk_size=20))
    fields = next((fields for fields in found if fields["version"] == number), None)
    if fields is None and article.version == number:
        names = [field.attname for field in Article._meta.concrete_fields]
        return {name: getattr(article, name) for name in names} | {
            "tags": [tag.pk for tag in article.tags.all()]
        }
    return fields


def gallery_at(version) -> list[tuple[int, int]]:
    """(photo, order) of the gallery that belonged to a version."""
    rows = version.revision.version_set.get_for_model(GalleryPhoto)
    found = (row.field_dict for row in rows)
    own = [row for row in found if str(row["article_id"]) == version.object_id]
    return sorted(((row["photo_id"], row["order"]) for row in own), key=lambda row: row[1])


def name_milestone(version, name):
    """An editor's own name for a version; an empty one takes it away again."""
    named = Milestone.objects.filter(revision=version.revision_id, kind=NAMED)
    if not name:
        named.delete()
    elif not named.update(name=name):
        Milestone.objects.create(revision=version.revision, name=name)
