"""The design system's template tags: built in, nothing to load. `/_ui/` shows each with every state."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

import segno
from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pourtous.ui import format as written
from pourtous.ui import leaving, navigation
from pourtous.ui.charts import Chart
from pourtous.ui.components import Step, Tab
from pourtous.ui.forms import MISSING, NOT_CHOSEN
from pourtous.ui.icons import DIRECTIONAL, PATHS
from pourtous.ui.tables import as_cards

register = template.Library()
Words = str | Promise
TONES = frozenset({"", "lagune", "ok", "sun", "bad", "plain", "door"})
_ALERT_ICONS = {"ok": "check", "sun": "info", "bad": "warning", "lagune": "info"}


def _tone(tone: str) -> str:
    if tone not in TONES:
        msg = f"no tone {tone!r}: one of {', '.join(sorted(TONES))}"
        raise template.TemplateSyntaxError(msg)
    return tone


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, extra: str = "") -> SafeString:
    """`{% icon "phone" %}`: an inline drawing, silent for screen readers, since a word always stands beside it."""
    if name not in PATHS:
        msg = f"no icon {name!r}"
        raise template.TemplateSyntaxError(msg)
    classes = " ".join(filter(None, ["icon", "icon--flip" if name in DIRECTIONAL else "", extra]))
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="{}"/></svg>',
        classes,
        PATHS[name],
    )


@register.simple_tag
def arch(name: str, tone: str = "", extra: str = "") -> SafeString:
    """`{% arch "map" "sun" %}`: an icon in its stone arch. Tones: none (lagoon wash), sun, door, ok, bad."""
    classes = " ".join(filter(None, ["arch", f"arch--{_tone(tone)}" if tone else "", extra]))
    return format_html('<span class="{}">{}</span>', classes, icon(name))


@register.simple_tag
def tag(text: Words, icon_name: str = "", tone: str = "") -> SafeString:
    """`{% tag _("Free") "euro" %}`: a word with an icon. Tones: none (lagoon), ok, sun, bad, plain (outlined)."""
    classes = f"tag tag--{_tone(tone)}" if tone else "tag"
    return format_html('<span class="{}">{}{}</span>', classes, icon(icon_name) if icon_name else "", text)


@register.simple_tag
def state(kind: str, text: Words) -> SafeString:
    """`{% state "open" text %}`: filled dot when open, ring otherwise; the words say it too."""
    return format_html('<span class="state state--{}">{}</span>', kind, text)


@register.simple_block_tag
def alert(content: str, tone: str, title: Words, icon_name: str = "") -> SafeString:
    """`{% alert "ok" _("Saved") %}…{% endalert %}`. Tones: lagune, ok, sun, bad."""
    return format_html(
        '<div class="alert alert--{}">{}<div class="alert__text"><p class="alert__title">{}</p>{}</div></div>',
        _tone(tone),
        icon(icon_name or _ALERT_ICONS[tone]),
        title,
        _paragraph(content),
    )


@register.simple_block_tag
def empty(content: str, icon_name: str, title: Words) -> SafeString:
    """`{% empty "door" title %}…{% endempty %}`: what is true, and one way on."""
    return format_html(
        '<div class="empty">{}<p class="empty__title">{}</p>{}</div>', arch(icon_name), title, _paragraph(content)
    )


def _paragraph(content: str) -> SafeString:
    """The content of a block tag (escaped already by the template engine); bare text gets its paragraph."""
    text = conditional_escape(content).strip()
    is_block = text.startswith(("<p", "<ul", "<ol", "<div", "<form", "<table"))
    return mark_safe(text if is_block or not text else f"<p>{text}</p>")  # noqa: S308 (the engine escaped it)


@register.inclusion_tag("ui/parts/error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """`{% error_summary form %}`: what is to be seen again, with a link to each answer; nothing when all is well."""
    general = [text for form in forms for text in form.non_field_errors()]
    wrong = [(field, text) for form in forms for field in form for text in field.errors]
    fields = [(f"#{answer_id(field)}", _of(field, str(text)) if len(wrong) > 1 else text) for field, text in wrong]
    return {"general": general, "fields": fields, "count": len(general) + len(fields)}


def _of(field: BoundField, text: str) -> str:
    """One of several sentences: those that are the same for each field begin with its label."""
    if text not in {str(MISSING), str(NOT_CHOSEN)}:
        return text
    label = str(field.label)
    return f"{label} {text}" if label.endswith("?") else _("%(label)s: %(text)s") % {"label": label, "text": text}


@register.filter
def answer_id(field: BoundField) -> str:
    """The id of what one fills in: for a group, its first choice."""
    return f"{field.auto_id}_0" if field.use_fieldset else str(field.id_for_label)


@register.inclusion_tag("ui/parts/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], parameter: str = "page") -> dict[str, Any]:
    """`{% pagination page %}`: keeps the rest of the address."""
    query = context["request"].GET.copy()

    def link(number: int) -> str:
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "links": [(n, link(n) if isinstance(n, int) else "") for n in numbers],
        "previous": link(page.number - 1) if page.has_previous() else "",
        "next": link(page.number + 1) if page.has_next() else "",
    }


@register.simple_tag(takes_context=True)
def sort_header(context: Context, name: str, label: Words, kind: str = "") -> SafeString:
    """`{% sort_header "name" _("Name") %}`: a table head that sorts (`sort=name`, then `sort=-name`); kind "number"."""
    query = context["request"].GET.copy()
    now = query.get("sort", "")
    is_up, is_down = now == name, now == f"-{name}"
    query["sort"] = f"-{name}" if is_up else name
    query.pop("page", None)
    order = {True: "ascending"}.get(is_up) or ("descending" if is_down else "none")
    return format_html(
        '<th scope="col" aria-sort="{}"{}><a href="?{}">{}{}</a></th>',
        order,
        mark_safe(' class="num"') if kind == "number" else "",
        query.urlencode(),
        label,
        icon("arrow-down" if is_down else "arrow-up", "" if is_up or is_down else "icon--quiet"),
    )


@register.simple_block_tag
def cards(content: str) -> SafeString:
    """`{% cards %}<table class="table">…</table>{% endcards %}`: on a telephone each row is a card that names its cells.

    The `<th scope="row">` of a row is the title of its card; columns that sort become links above the cards.
    """
    return mark_safe(as_cards(conditional_escape(content).strip(), sort_label=_("Sort by")))  # noqa: S308 (escaped by the engine)


@register.inclusion_tag("ui/parts/steps.html")
def steps(items: Iterable[Step | tuple[Words, Words]], kind: str = "") -> dict[str, Any]:
    """`{% steps items %}`: numbered arches on a path; items are `Step`s or (title, text). `"row"`: side by side."""
    return {"items": [i if isinstance(i, Step) else Step(*i) for i in items], "kind": kind}


@register.simple_tag
def progress(step: int, total: int) -> SafeString:
    """`{% progress 2 3 %}`: where one is in a journey, in words and in dashes."""
    marks = "".join(f'<i class="progress__mark{" is-done" if n < step else ""}"></i>' for n in range(total))
    words = _("Question %(step)s of %(total)s") % {"step": step, "total": total}
    return format_html(
        '<p class="progress"><span class="progress__marks" aria-hidden="true">{}</span>{}</p>',
        mark_safe(marks),  # noqa: S308 (made of numbers)
        words,
    )


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(items: Iterable[Tab], label: Words) -> dict[str, Any]:
    """`{% tabs items _("Views") %}`: links, the current one marked."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/parts/chart.html")
def chart(drawn: Chart, level: int = 0) -> dict[str, Any]:
    """`{% chart themes %}`: a chart of `ui.charts` with its table; `level=2` makes its title a heading.

    The page links `ui/charts.css`.
    """
    return {"chart": drawn, "level": level}


@register.simple_block_tag
def chart_fold(content: str, drawn: Chart, key: str = "", opened: Any = None) -> SafeString:
    """`{% chart_fold themes "topic" is_first %}links under the chart{% endchart_fold %}`: a chart in a fold of `.folds`.

    Closed, it says its title and its finding. `key` is its id in the page.
    """
    shown = {"chart": drawn, "finding": drawn.finding or drawn.note, "chart_key": key, "is_open": bool(opened)}
    return mark_safe(render_to_string("ui/parts/chart_fold.html", {**shown, "content": content}))  # noqa: S308 (rendered)


@register.inclusion_tag("ui/parts/wordmark.html")
def wordmark(kind: str = "full") -> dict[str, str]:
    """`{% wordmark %}`; `{% wordmark "mark" %}`: the three people alone; `{% wordmark "one" %}`: one person."""
    return {"kind": kind}


@register.inclusion_tag("ui/parts/frieze.html")
def frieze() -> dict[str, str]:
    """`{% frieze %}`: people hand in hand, across the page; at most one on a page."""
    return {}


@register.inclusion_tag("ui/parts/listen.html")
def listen() -> dict[str, str]:
    """`{% listen %}`: a button that reads the page aloud; hidden where the browser cannot."""
    return {}


@register.simple_tag
def phone_link(number: str, classes: str = "phone", icon_name: str = "") -> SafeString:
    """`{% phone_link place.phone "button" "phone" %}`: a number one can tap."""
    return format_html(
        '<a class="{}" href="{}">{}<span class="phone__number">{}</span></a>',
        classes,
        written.phone_address(number),
        icon(icon_name) if icon_name else "",
        written.phone(number),
    )


@register.simple_tag
def qr(text: str, label: Words) -> SafeString:
    """`{% qr url label %}`: a QR code (error correction M), drawn inline."""
    code = segno.make(text, error="m", micro=False)
    drawing = code.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass="qr__ink", unit="")
    return format_html('<span class="qr-box" role="img" aria-label="{}">{}</span>', label, mark_safe(drawing))  # noqa: S308 (drawn by segno from modules)


@register.simple_tag(takes_context=True)
def work_menu(context: Context) -> navigation.Menu:
    """The professional navigation of who is signed in."""
    return navigation.menu(context["request"])


@register.simple_tag(takes_context=True)
def work_leaving(context: Context) -> leaving.Leaving | None:
    """What must be done in this browser before signing out, if anything."""
    return leaving.leaving(context["request"])


@register.filter
def french_phone(number: str | None) -> str:
    """A number in pairs: "0465712010" → "04 65 71 20 10"."""
    return written.phone(str(number)) if number else ""


@register.filter
def mail(address: str) -> SafeString:
    """`{{ user.email|mail }}`: an e-mail address that breaks before its "@" rather than within a word."""
    return format_html("{}<wbr>@{}", *address.rsplit("@", 1)) if "@" in address else format_html("{}", address)


@register.filter
def tel(number: str | None) -> str:
    """The address one taps: "04 65 71 20 10" → "tel:+33465712010"."""
    return written.phone_address(str(number)) if number else ""


@register.filter
def distance(metres: float | None) -> str:
    """1230 → "à 1,2 km"."""
    return "" if metres is None else written.distance(float(metres))


@register.filter
def day(value: date | datetime | None, style: str = "") -> str:
    """A date → "lundi 23 novembre"; `|day:"year"` adds the year."""
    return written.day(value, year=style == "year") if value else ""


@register.filter
def ordinal(text: Words) -> SafeString:
    """`{{ moment|day|ordinal }}`: the "er" of the first of a month raised, in text of a page (never in an attribute)."""
    safe = text if isinstance(text, SafeString) else conditional_escape(str(text))
    return mark_safe(re.sub(r"\b1er\b", "1<sup>er</sup>", safe))  # noqa: S308 (escaped before)


@register.filter
def hour(value: time | datetime | None) -> str:
    """A time → "17 h"."""
    return "" if value is None else written.hour(value)


@register.filter
def euros(cents: int | None) -> str:
    """123450 → "1 234,50 €"."""
    return "" if cents is None else written.euros(cents)


@register.filter
def euros_in_words(cents: int) -> str:
    """1000 → "10 €": as a sentence says a whole amount."""
    return written.euros(cents, short=True)


@register.filter
def hundredths(value: int | None) -> str:
    """6550 → "65,5": hundredths of a per cent, as people write a share."""
    return "" if value is None else written.number(value / 100)


@register.filter
def address_lines(text: str) -> list[str]:
    """An address on one line → its lines, the last one being what follows the last comma."""
    return [part.strip() for part in text.rsplit(",", 1) if part.strip()]


@register.filter
def answers_to_review(count: int) -> str:
    """The title of an error summary."""
    return ngettext("One answer needs another look", "%(count)s answers need another look", count) % {"count": count}


_MESSAGE_TONES = {"success": "ok", "error": "bad", "warning": "sun"}


@register.filter
def message_tone(message: Any) -> str:
    """The tone of a message of Django's, by its level."""
    return _MESSAGE_TONES.get(message.level_tag, "lagune")


@register.filter
def message_icon(message: Any) -> str:
    """The icon of a message of Django's, by its level."""
    return _ALERT_ICONS[message_tone(message)]
