"""The second step of signing up without an account: the code from the SMS."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from association.activities import pending
from association.activities.forms import CodeForm
from association.activities.queries import shown
from association.activities.sign_up_views import greet
from association.activities.views import frame
from brand.activities.places import sign_up
from brand.activities.refusals import AlreadySignedUp, SignUpRefused
from brand.models import Activity
from brand.phones import CodeRefused, confirm_code
from lib.phone import masked_phone
from notices.send import NotSent


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the code; posted, take it and give the place, or send another one."""
    activity = shown(slug)
    facts = pending.waiting(request, activity)
    if facts is None:
        return redirect("association:activity-sign-up", slug=slug)
    if request.method == "POST" and "again" in request.POST:
        _send_again(request, activity, facts)
        return redirect("association:activity-code", slug=slug)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _confirmed(activity, facts, form):
        return _place(request, activity, facts)
    context = {
        **frame(activity, (_("Confirm your number"), "")),
        "form": form,
        "phone": masked_phone(facts.phone),
    }
    status = 400 if form.errors else 200
    return render(request, "association/activities/code.html", context, status=status)


def _confirmed(activity: Activity, facts: pending.Pending, form: CodeForm) -> bool:
    typed, purpose = form.cleaned_data["code"], pending.purpose(activity)
    try:
        confirm_code(phone=facts.phone, purpose=purpose, typed=typed, at=timezone.now())
    except CodeRefused as refused:
        form.add_error("code", str(refused))
        return False
    return True


def _place(request: HttpRequest, activity: Activity, facts: pending.Pending) -> HttpResponse:
    """Give the place, or say why there is none any more; the number is confirmed."""
    try:
        made = sign_up(activity=activity, name=facts.name, phone=facts.phone, at=timezone.now())
    except AlreadySignedUp as refused:
        pending.remember(request, refused.sign_up)
        messages.info(request, str(refused))
        return redirect(refused.sign_up)
    except SignUpRefused as refused:
        messages.error(request, str(refused))
        return redirect(activity)
    return greet(request, made)


def _send_again(request: HttpRequest, activity: Activity, facts: pending.Pending) -> None:
    try:
        pending.begin(request, activity, facts, at=timezone.now())
    except CodeRefused as refused:
        messages.error(request, str(refused))
    except NotSent:
        messages.error(request, _("The SMS could not be sent just now. Try again in a minute."))
    else:
        messages.success(request, _("A new code is on its way."))
