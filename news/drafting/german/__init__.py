from news.drafting.german.preview import preview
from news.drafting.german.report import report

__all__ = ["preview", "report"]
