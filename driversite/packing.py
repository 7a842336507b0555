"""Which answers are packed on their way: pages and forms; no files."""

from django.http import FileResponse
from django.middleware.gzip import GZipMiddleware


class PackingMiddleware(GZipMiddleware):
    """Pictures are packed already. Packed once more for each visitor they would lose their length, and lie in memory
    until the slowest has read them; a file as it is goes straight from the disk (driversite/serving/gateway.py)."""

    def process_response(self, request, response):
        return response if isinstance(response, FileResponse) else super().process_response(request, response)
