"""What the staff can do: each act is asked for on a page of its own, done by POST, needs a permission, is logged."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from asgiref.sync import async_to_sync
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from rooms.domain.errors import Refused, RoomUnknown
from wewatch.staff.changelist import StoreAdmin

REASONS = {
    "protected": "Nobody removes the host from their own room. Close the room instead.",
    "unknown": "They never were in this room, or that is no longer in force.",
    "already": "That is so already.",
}


@dataclass(frozen=True, slots=True)
class Act:
    """An act on a thing, or on somebody or something in it (`on`, as the key of `targets`).

    `label` names it on buttons, `question` asks for it, `done` says that it was done; both name the target as {of}.
    `do(id, target)` does it, and may return what is answered instead of the page. `fits` says for what it makes sense.
    """

    name: str
    label: str
    permission: str
    question: str
    done: str
    do: Callable[[int, str], Awaitable[HttpResponse | None]]
    on: str = ""
    ends: bool = False  # the thing is gone afterwards
    harmless: bool = False
    fits: Callable[[Any], bool] = lambda seen: True


class ActsAdmin(StoreAdmin):
    """An admin with a page for each thing and acts on it."""

    acts: tuple[Act, ...] = ()
    page_template = ""

    async def inspect(self, object_id: int) -> Any:
        """All that the page shows; None where there is no such thing."""
        raise NotImplementedError

    def targets(self, seen: Any, on: str) -> Mapping[str, str]:
        """What acts of a kind are done on: names by what stands in the address."""
        return {}

    def page(self, seen: Any) -> dict[str, Any]:
        """What the page's template is given."""
        raise NotImplementedError

    def get_urls(self) -> list:
        """The list, a page for each, its history, and its acts; nothing that adds or changes."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        of = "<int:object_id>"
        routes = {
            "": (self.changelist_view, "changelist"),
            f"{of}/change/": (self.change_view, "change"),
            f"{of}/history/": (self.history_view, "history"),
            f"{of}/<slug:act>/": (self.act_view, "act"),
        }
        wrap = self.admin_site.admin_view
        return [path(route, wrap(view), name=f"{name}_{ending}") for route, (view, ending) in routes.items()]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The thing as an instance of the model, for the stock views; None where there is none."""
        return self.model(pk=int(object_id)) if async_to_sync(self.inspect)(int(object_id)) else None

    def may(self, request: HttpRequest, act: Act) -> bool:
        """Whether this member of the staff may do it: nobody does what they may not even see."""
        allowed = request.user.has_perm(f"{self.opts.app_label}.{act.permission}")
        return allowed and self.has_view_permission(request)

    def history_view(self, request: HttpRequest, object_id: int, extra_context: dict | None = None) -> HttpResponse:
        """What the staff did; for who may not look, there is no telling whether there is such a thing."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return super().history_view(request, str(object_id), extra_context)

    def change_view(
        self, request: HttpRequest, object_id: int, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """The page, which only shows."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        seen = async_to_sync(self.inspect)(object_id)
        if seen is None:
            return self._gone(request, object_id)
        allowed = [act for act in self.acts if self.may(request, act) and act.fits(seen)]
        own = [act for act in allowed if not act.on]
        may = {act.name.replace("-", "_"): act for act in allowed if act.on}
        context = {"acts": own, "may": may, "original": self.model(pk=object_id), **self.page(seen)}
        return TemplateResponse(request, self.page_template, {**self._context(request), **context})

    def act_view(self, request: HttpRequest, object_id: int, act: str) -> HttpResponse:
        """Ask by GET, do by POST."""
        found = next((one for one in self.acts if one.name == act), None)
        if found is None:
            raise Http404
        if not self.may(request, found):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        seen = async_to_sync(self.inspect)(object_id)
        if seen is None:
            return self._gone(request, object_id)
        of = (request.POST if request.method == "POST" else request.GET).get("of", "")
        name = self.targets(seen, found.on).get(of, "") if found.on else ""
        if found.on and not name:
            messages.warning(request, "That is not there any more. Nothing was done.")
            return redirect(self._url("change", object_id))
        if request.method == "POST":
            return self._do(request, object_id, found, of, name)
        context = {
            "title": found.label,
            "original": self.model(pk=object_id),
            "act": found,
            "of": of,
            "question": found.question.format(of=name),
        }
        return TemplateResponse(request, "staff/confirm.html", {**self._context(request), **context})

    def _do(self, request: HttpRequest, object_id: int, act: Act, of: str, name: str) -> HttpResponse:
        instance, said = self.model(pk=object_id), act.done.format(of=name)
        try:
            with transaction.atomic():  # logged if and only if it was done
                if act.ends:
                    self.log_deletions(request, [instance])
                else:
                    self.log_change(request, instance, said)
                answer = async_to_sync(act.do)(object_id, of)
        except RoomUnknown:
            return self._gone(request, object_id)
        except Refused as refusal:
            messages.error(request, REASONS.get(refusal.reason, "That was refused."))
            return redirect(self._url("change", object_id))
        if answer is not None:
            return answer
        messages.success(request, f"{instance}: {said}")
        return redirect(self._url("changelist") if act.ends else self._url("change", object_id))

    def _gone(self, request: HttpRequest, object_id: int) -> HttpResponse:
        messages.warning(request, f"There is no {self.opts.verbose_name} {object_id}. Perhaps it was deleted.")
        return redirect(self._url("changelist"))

    def _url(self, ending: str, *args: int) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{ending}", args=args)

    def _context(self, request: HttpRequest) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts}
