"""The stock lists of the admin over what is in Redis: no SQL, and one page is read at a time."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from asgiref.sync import async_to_sync
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ALL_VAR, ChangeList
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.timesince import timesince

from wewatch.listing import Look

ROWS = 50  # on a page


class StoreChangeList(ChangeList):
    """A ChangeList whose rows come from the admin's `read` instead of a QuerySet."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> None:
        """Take the filters from the address; there is no QuerySet."""
        self.filter_specs, self.has_filters, rest, _, self.has_active_filters = self.get_filters(request)
        self.clear_all_filters_qs = self.get_query_string(new_params=rest, remove=self.get_filters_params())

    def get_results(self, request: HttpRequest) -> None:
        """Read the page that is asked for."""
        found = async_to_sync(self.model_admin.read)(self._look())
        self.paginator = Paginator(range(found.count), self.list_per_page)
        if self.page_num not in self.paginator.page_range:
            raise IncorrectLookupParameters
        self.result_list = [self.model_admin.shown(row) for row in found.rows]
        self.result_count, self.full_result_count = found.count, found.total
        self.show_full_result_count, self.show_admin_actions = True, False
        self.can_show_all, self.multi_page = False, found.count > self.list_per_page
        if found.looked is not None:
            self.search_help_text = self._partial(found.looked)

    def _partial(self, looked: int) -> str:
        """That not all was looked at, and the way to it: the stock parameter for all on one page, else not used."""
        words = f"Only the {looked:,} {self.opts.verbose_name_plural} that come first in this order were looked at."
        if not self.show_all:
            url = self.get_query_string({ALL_VAR: "1"})
            words = format_html('{} <a href="{}">Look at all</a>, which may take some seconds.', words, url)
        return format_html("<span>{} {}</span>", words, self.search_help_text)  # one box: on a phone each has a column

    def _get_default_ordering(self) -> list[str]:
        return [f"-{self.model_admin.sort}"]

    def _look(self) -> Look:
        fields = dict(enumerate(map(self.get_ordering_field, self.list_display)))
        sorts = [(fields.get(column), way) for column, way in self.get_ordering_field_columns().items()]
        sort, way = next((one for one in sorts if one[0]), (self.model_admin.sort, "desc"))
        states = [spec.value() for spec in self.filter_specs if spec.value() in dict(spec.lookup_choices)]
        start = (self.page_num - 1) * self.list_per_page
        return Look(
            self.query.strip(), *(states or [""]), sort, way == "desc", start, self.list_per_page, self.show_all
        )


class StoreAdmin(admin.ModelAdmin):
    """An admin of things in Redis. `sort` is the order by default, the newest first; its columns say what sorts."""

    sort = ""
    list_per_page = ROWS
    actions = None
    show_facets = admin.ShowFacets.NEVER
    list_select_related = False
    search_fields = ("id",)  # there is a field to search in; what it finds, `read` knows
    read: Callable[[Look], Any]  # async, returns a Found

    def shown(self, row: Any) -> Any:
        """A row as an instance of the model, which holds it."""
        instance = self.model(pk=self.row_id(row))
        instance.row = row
        return instance

    def row_id(self, row: Any) -> int:
        """The id of a row."""
        raise NotImplementedError

    def get_queryset(self, request: HttpRequest) -> None:
        """There is none: nobody asks SQL for what is in Redis."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list over Redis."""
        return StoreChangeList

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody makes rooms or users here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody edits them: what can be done is an act with a permission of its own."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The list, under its plain name."""
        title = self.opts.verbose_name_plural.capitalize()
        return super().changelist_view(request, {**(extra_context or {}), "title": title})


def moment(ms: float) -> datetime | None:
    """A time in ms as a datetime; None for 0."""
    return datetime.fromtimestamp(ms / 1000, UTC) if ms else None


def ago(ms: float) -> str:
    """How long ago a time was, with the time itself on hover."""
    when = moment(ms)
    if when is None:
        return "–"
    since = timesince(when, depth=1)
    words, exact = "just now" if since.startswith("0") else f"{since} ago", f"{when:%Y-%m-%d %H:%M:%S} UTC"
    return format_html('<time datetime="{}" title="{}">{}</time>', when.isoformat(), exact, words)
