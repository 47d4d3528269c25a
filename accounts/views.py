"""The account's pages: my name and colour, log out."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts import services
from accounts.forms import ProfileForm
from accounts.middleware import forget_cookie
from wewatch.limits import allow

CHANGES = (30, 60)  # changes a user may make, in seconds


@require_http_methods(["GET", "POST"])
async def me(request: HttpRequest) -> HttpResponse:
    """My name and colour as JSON; POST changes them. Pages GET it once: that confirms their token."""
    account = request.account
    if account is None:
        return JsonResponse({"errors": {"name": ["You were signed out. Reload the page."]}}, status=403)
    if request.method == "POST":
        form = ProfileForm(request.POST)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=422)
        if not await allow("profile", str(account.id), *CHANGES):
            return JsonResponse({"errors": {"name": ["That was often. Wait a minute."]}}, status=429)
        account = await services.change(account, form.changes())
    return JsonResponse({"name": account.name, "color": account.color})


@require_http_methods(["GET", "POST"])
async def logout(request: HttpRequest) -> HttpResponse:
    """GET says what logging out means; POST does it."""
    if request.method == "GET":
        return render(request, "accounts/logout.html", {"account": request.account})
    if request.account:
        await services.log_out(request.account)
    response = redirect("/") if request.account is None else render(request, "accounts/logged_out.html")
    forget_cookie(response)
    return response
