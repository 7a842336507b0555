"""Where a form was sent from: for forms on pages that are the same for everybody and so carry no token of their own."""


def comes_from_here(request) -> bool:
    """Browsers say where a form was sent from; a page elsewhere must not send one in a visitor's name."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or origin == f"{request.scheme}://{request.get_host()}"
