"""What stands before everything else: the operator's watchdog, and answers to HEAD."""

from django.db import DatabaseError, connection
from django.http import HttpResponse


class HealthMiddleware:
    """Answers /healthz under whatever host and scheme the watchdog asks, and takes the body off answers to HEAD."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = healthz() if request.path == "/healthz" else self.get_response(request)
        if request.method == "HEAD" and not response.streaming:
            # The length stays that of the body which GET would bring.
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response


def healthz():
    """Is the process up and does the database answer?"""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        status, words = 200, "ok"
    except DatabaseError as error:
        status, words = 503, f"database: {error.__class__.__name__}"
    return HttpResponse(
        f"{words}\n", status=status, content_type="text/plain", headers={"Cache-Control": "no-store"}
    )
