from news.admin import articles, drivers, entries, importlog, pages, photos, races, results, seasons, sessions

__all__ = [
    "articles",
    "drivers",
    "entries",
    "importlog",
    "pages",
    "photos",
    "races",
    "results",
    "seasons",
    "sessions",
]
