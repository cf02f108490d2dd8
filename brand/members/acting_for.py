"""For which of their members somebody acts on a request, where there are several."""

from django.http import HttpRequest

from brand.members.models import Member

ACTING_FOR = "acting_for"  # in the address, in forms and in the session: the slug of the member


def chosen_member(request: HttpRequest, members: list[Member]) -> Member | None:
    """Return the member named by the form, else by the address (remembered), else remembered, else the first.

    None: the form or the address names a member the person does not act for.
    """
    by_slug = {member.slug: member for member in members}
    named = request.POST.get(ACTING_FOR) if request.method == "POST" else None
    named = named or request.GET.get(ACTING_FOR)
    if named:
        member = by_slug.get(named)
        if member is not None and request.session.get(ACTING_FOR) != named:
            request.session[ACTING_FOR] = named
        return member
    return by_slug.get(request.session.get(ACTING_FOR, ""), members[0])
