"""The same site for servers that know nothing but WSGI."""

from wsgiref.util import FileWrapper

from tests.serving.site import Site

site = Site()


def application(environ, start_response):
    answer = site.ready(environ)
    if answer is None:
        return site({"wsgi.file_wrapper": FileWrapper} | environ, start_response)
    start_response(answer.status, answer.headers)
    return [answer.body]
