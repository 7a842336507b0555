from news.career.careers import Career, SeasonRecord, Stop, career_of
from news.career.questions import Count, Figure, Question

__all__ = ["Career", "Count", "Figure", "Question", "SeasonRecord", "Stop", "career_of"]
