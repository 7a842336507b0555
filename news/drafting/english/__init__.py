from news.drafting.english.preview import preview
from news.drafting.english.report import report

__all__ = ["preview", "report"]
