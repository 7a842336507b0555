"""The steps in the newsroom: buttons that save the text and move the article on in one go, and the log of them."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from news import mails, steps
from news.admin.conflicts import moved_on, number_in, seen_in_list
from news.admin.release import chip, in_words
from news.days import zone_name
from news.history import Stale
from news.models import Article, Step

Kind = Step.Kind
# What the buttons say, and what they do.
BUTTONS = {
    Kind.HAND_IN: (
        pgettext_lazy("step", "Hand in"),
        gettext_lazy("An editor reads it, and releases it or returns it with a remark."),
    ),
    Kind.WITHDRAW: (
        pgettext_lazy("step", "Take back to write on"),
        gettext_lazy("It is no longer in review."),
    ),
    Kind.RELEASE: (
        pgettext_lazy("step", "Release now"),
        gettext_lazy("Visitors see it at once."),
    ),
    Kind.SCHEDULE: (
        pgettext_lazy("step", "Schedule"),
        gettext_lazy("It appears by itself at the time of release that stands in the form."),
    ),
    Kind.RETURN: (
        pgettext_lazy("step", "Return"),
        gettext_lazy("It goes back to its author, with your remark."),
    ),
    Kind.TAKE_BACK: (
        pgettext_lazy("step", "Take back"),
        gettext_lazy("It is off the site at once and in review again."),
    ),
}
# These undo what a step before has done: they never stand out among the buttons.
STEPS_BACK = (Kind.WITHDRAW, Kind.TAKE_BACK)
DONE = {
    Kind.HAND_IN: gettext_lazy("“%(article)s” is handed in."),
    Kind.WITHDRAW: gettext_lazy("“%(article)s” is in writing again."),
    Kind.RELEASE: gettext_lazy("“%(article)s” is released: it is public now."),
    Kind.SCHEDULE: gettext_lazy("“%(article)s” is released: %(when)s."),
    Kind.RETURN: gettext_lazy("“%(article)s” is returned."),
    Kind.TAKE_BACK: gettext_lazy("“%(article)s” is off the site and in review again."),
}


def zone_words(moment=None):
    """ "Europe/Berlin, CEST": by whose clocks a time is typed; in winter they go otherwise than in summer."""
    moment = timezone.localtime(moment)
    return f"{timezone.get_current_timezone_name()}, {zone_name(moment)}"


def with_zone(help_text, moment):
    """The help text of a time, with the zone of that time; our script follows what is typed."""
    zone, words = timezone.get_current_timezone_name(), zone_words(moment)
    return format_html('{} <b data-zone="{}">{}</b>', help_text, zone, words)


def step_asked(data):
    """The step that the pressed button asks for, or None."""
    asked = data.get("_step", "")
    return Kind(asked) if asked in Kind.values else None


class StepForm(forms.ModelForm):
    """An article's form that was sent by one of the buttons: the step is checked with the text it is about."""

    step_remark = forms.CharField(
        label=gettext_lazy("Remark"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "form": "article_form"}),
    )
    minor = forms.BooleanField(
        label=gettext_lazy("Minor edit: typing errors only"),
        required=False,
        help_text=gettext_lazy(
            "Readers are not told of a change, and translations do not become out of date."
        ),
    )
    user = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"published_at", "expires_at"} & {*self.fields}:
            field = self.fields[name]
            field.help_text = with_zone(field.help_text, getattr(self.instance, name))

        self.was_released = self.instance.stage == Article.Stage.RELEASED

    @property
    def step(self):
        return step_asked(self.data)

    def clean(self):
        super().clean()
        self.instance.minor = self.cleaned_data.get("minor", False)
        if self.step:
            self._begin(self.step)
        return self.cleaned_data

    def _begin(self, kind):
        """With the times that were typed: they are part of what is released."""
        for name in ("published_at", "expires_at"):
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])
        try:
            steps.begin(self.instance, kind, self.user, self.cleaned_data.get("step_remark", ""))
        except ValidationError as error:
            self.add_error(None, error)
        else:
            if "published_at" in self.cleaned_data:
                self.cleaned_data["published_at"] = self.instance.published_at


class TakesSteps:
    """For the admin class of articles."""

    actions = ["release", "back_to_review"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        return form

    def save_model(self, request, obj, form, change):
        kind = form.step
        super().save_model(request, obj, form, change)
        if kind:
            obj.step_taken = steps.record(obj, kind, request.user, form.cleaned_data["step_remark"])
            self._tell(request, obj.step_taken)

    def _tell(self, request, step):
        """In the transaction of the step: the mails are stored with it, or there is nothing to tell."""
        told = mails.step_taken(step, request.profile.default_language)
        if step.kind == Kind.HAND_IN and not told:
            words = _("Nobody was told by mail: no editor’s account has an address.")
            self.message_user(request, words, messages.WARNING)

    def response_add(self, request, obj, post_url_continue=None):
        return self._after_step(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        kind = step_asked(request.POST)
        if kind and not hasattr(obj, "step_taken"):
            self._take_on_same_text(request, obj, kind)
        return self._after_step(request, obj) or super().response_change(request, obj)

    def _take_on_same_text(self, request, article, kind):
        """Nothing was saved: somebody has saved just this text in between, or handed it in. The step is for what stands
        there now, unless a colleague has decided otherwise: who presses “Release” has not read why it was returned."""
        if self.is_second_click(request, article):
            article.step_taken = article.steps.first()
            return
        article.step_taken, remark = None, request.POST.get("step_remark", "")
        try:
            since = article.steps.filter(version__gt=number_in(request.POST))
            if since.exclude(kind=Kind.HAND_IN).exists():
                raise Stale(article)
            with transaction.atomic():
                article.step_taken = steps.take(article.pk, kind, request.user, remark, seen=article.version)
                self._tell(request, article.step_taken)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        except Stale:
            self.message_user(request, steps.moved_on(), messages.ERROR)

    @staticmethod
    def is_second_click(request, article):
        """Whether the step that is asked for was taken just now, by this person and from the same state."""
        last, seen = article.steps.first(), request.POST.get("seen")
        asked = (step_asked(request.POST), request.user, article.version, str(article.version - 1))
        return last is not None and (last.kind, last.user, last.version, seen) == asked

    def _after_step(self, request, obj):
        """Back to the article, which says where it stands now."""
        if not hasattr(obj, "step_taken"):
            return None
        if step := obj.step_taken:
            said = DONE[step.kind] % {"article": step.article, "when": in_words(step.article)}
            self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:news_article_change", args=[obj.pk]))

    def render_change_form(self, request, context, obj=None, **kwargs):
        # A form that was refused has moved the row at hand, and the stored one stands where it stood.
        stored = Article.objects.filter(pk=obj.pk).first() if obj and request.method == "POST" else obj
        context["standing"] = chip(stored) if stored else None
        may_change = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        offered = steps.open_to(stored or Article(), request.user) if may_change else []
        context["step_buttons"] = [(kind, *BUTTONS[kind]) for kind in BUTTONS if kind in offered]
        context["steps_back"] = STEPS_BACK
        context["steps_taken"] = list(obj.steps.select_related("user")) if obj else []
        last = next(iter(context["steps_taken"]), None)
        context["returned"] = last if last and last.kind == Kind.RETURN else None
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def get_fieldsets(self, request, obj=None):
        """What has been saved can be mended: then a slip of the keyboard is told from news."""
        fieldsets = super().get_fieldsets(request, obj)
        if not obj or not self.has_change_permission(request, obj):
            return fieldsets
        (name, text), *others = fieldsets
        return [(name, {**text, "fields": [*text["fields"], "minor"]}), *others]

    @admin.action(description=pgettext_lazy("action", "Release"), permissions=["release"])
    def release(self, request, queryset):
        """Each article by itself: one without a text does not hold up the others. One with a time keeps it."""
        waiting = queryset.exclude(stage=Article.Stage.RELEASED)
        done = self._each(
            request, waiting, lambda at: Kind.SCHEDULE if at and at > timezone.now() else Kind.RELEASE
        )
        said = ngettext("%(n)d article released.", "%(n)d articles released.", done) % {"n": done}
        self.message_user(request, said, messages.SUCCESS if done else messages.WARNING)

    @admin.action(description=gettext_lazy("Back to review"), permissions=["release"])
    def back_to_review(self, request, queryset):
        done = self._each(request, queryset.filter(stage=Article.Stage.RELEASED), lambda at: Kind.TAKE_BACK)
        said = ngettext("%(n)d article is in review again.", "%(n)d articles are in review again.", done) % {
            "n": done
        }
        self.message_user(request, said, messages.SUCCESS if done else messages.WARNING)

    def _each(self, request, articles, kind_for):
        """How many of them took the step that `kind_for` names for their time of release."""
        done = 0
        for pk, headline, at in list(articles.values_list("pk", "headline", "published_at")):
            try:
                with transaction.atomic():
                    step = steps.take(pk, kind_for(at), request.user, seen=seen_in_list(request.POST, pk))
                    self.log_change(request, step.article, [{"changed": {"fields": ["stage"]}}])
                    self._tell(request, step)
            except ValidationError as error:
                self.message_user(request, f"{headline}: {' '.join(error.messages)}", messages.ERROR)
            except Stale as stale:
                words = _("Open the list anew and look at it first.")
                said = f"{headline}: {moved_on(stale.stored, request.user)} {words}"
                self.message_user(request, said, messages.ERROR)
            else:
                done += 1
        return done
