"""Work that no request waits for. `….enqueue()` writes a row into the same database and the same transaction as the
rest: what is taken back asks for nothing, what is stored is not forgotten. `manage.py tasks` does it soon afterwards,
at least once: each of these can be done twice without harm. From Django 6 on the import below is `django.tasks`."""

from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.core.mail import DNS_NAME, EmailMessage
from django_tasks import task
from PIL import UnidentifiedImageError

from news.models import Photo
from news.pictures import BadPicture

# Colleagues wait for mails; pages show pictures in one size in the meantime.
MAILS, PICTURES = 10, 0


class Hopeless(Exception):
    """Trying again will not help; the message says why."""


@task(priority=MAILS, takes_context=True)
def send_mail(context, to, subject, body):
    """To one address: one that is refused keeps nobody else uninformed. A mail that goes out twice, because its worker
    was killed in between, carries the same number twice, by which mail programs show it once."""
    number = f"<{context.task_result.id}@{DNS_NAME}>"
    try:
        EmailMessage(subject, body, to=[to], headers={"Message-ID": number}).send()
    except (SMTPRecipientsRefused, SMTPDataError) as error:
        if _is_last_word(error):
            raise Hopeless(str(error)) from error
        raise
    except ValueError as error:
        raise Hopeless(str(error)) from error


def _is_last_word(error):
    """On this mail: a server that says 4xx wants to be asked again, one that says 5xx does not."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    return error.smtp_code >= 500


@task(priority=PICTURES)
def make_renditions(photo_pk):
    """What waits of the sizes of a photo; nothing where it was deleted or taken down in the meantime."""
    photo = Photo.objects.filter(pk=photo_pk).exclude(file="").first()
    if photo is None:
        return
    try:
        photo.make_renditions()
    except (BadPicture, UnidentifiedImageError) as error:
        raise Hopeless(str(error)) from error
