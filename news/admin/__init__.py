from news.admin import articles, drivers, entries, pages, photos, races, results, sessions

__all__ = ["articles", "drivers", "entries", "pages", "photos", "races", "results", "sessions"]
