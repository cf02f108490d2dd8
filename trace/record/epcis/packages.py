"""What happened to single packages as EPCIS events: activation, packing into a carton, voiding.

Serials are shown only to whom they belong. Each package has events of its own, so that who asks for one
package learns nothing of its neighbours; only a carton names what lies in it.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q

from record.epcis.events import class_of, iso, location, named, offset
from record.epcis.identifiers import carton_uri, package_uri
from record.models import Batch, Carton, Code, CodeAct

_RELATED = ("product", "batch__product", "batch__base", "carton")


def codes_named(names: Iterable[tuple[str, str]], *, member: int | None) -> list[Code]:
    """Return the codes `(gtin, serial)`; of the products of one member when its id is given. One query."""
    wanted = Q()
    for gtin, serial in names:
        wanted |= Q(serial=serial, product__gtin=gtin)
    if not wanted:
        return []
    codes = Code.objects.select_related(*_RELATED).filter(wanted).exclude(batch=None)
    return list(codes.filter(product__member=member) if member else codes)


def cartons_named(numbers: Iterable[str], *, member: int | None) -> list[Carton]:
    """Return the cartons with those numbers (SSCC); one query."""
    cartons = Carton.objects.select_related("batch__product", "batch__base").filter(sscc__in=list(numbers))
    return list(cartons.filter(batch__product__member=member) if member else cartons)


def package_events(codes: Iterable[Code], cartons: Iterable[Carton]) -> list[dict[str, Any]]:
    """Return every event of these packages and cartons, in order of time."""
    found = [event for code in codes for event in _of_code(code)]
    found += [event for carton in cartons for event in _of_carton(carton)]
    unique = {event["eventID"]: event for event in found}
    return sorted(unique.values(), key=lambda event: (event["eventTime"], event["eventID"]))


def _of_code(code: Code) -> Iterator[dict[str, Any]]:
    batch = code.batch
    if batch is None:  # `codes_named` leaves these out
        return
    if code.activated_at:
        yield _single(
            code, batch, at=code.activated_at, action="ADD", step="commissioning", disposition="active"
        )
    if code.voided_at:
        yield _single(
            code, batch, at=code.voided_at, action="DELETE", step="decommissioning", disposition="inactive"
        )
    if code.carton:
        yield from _of_carton(code.carton)


def _single(
    code: Code, batch: Batch, *, at: datetime, action: str, step: str, disposition: str
) -> dict[str, Any]:
    return named(
        {
            "type": "ObjectEvent",
            **_when(at),
            "epcList": [_uri(code)],
            "action": action,
            "bizStep": step,
            "disposition": disposition,
            "bizLocation": location(batch),
            "fengtu:lot": class_of(batch),
        }
    )


def _of_carton(carton: Carton) -> Iterator[dict[str, Any]]:
    children = list(carton.codes.select_related("product").order_by("serial"))
    packed = carton.acts.filter(kind__in=[CodeAct.Kind.PACK, CodeAct.Kind.REPLACE]).order_by("-at").first()
    if not children:
        return
    yield named(
        {
            "type": "AggregationEvent",
            **_when(packed.at if packed else carton.made_at),
            "parentID": carton_uri(carton.sscc),
            "childEPCs": [_uri(code) for code in children],
            "action": "ADD",
            "bizStep": "packing",
            "disposition": "in_progress",
            "bizLocation": location(carton.batch),
            "fengtu:lot": class_of(carton.batch),
        }
    )


def _uri(code: Code) -> str:
    gtin = code.product.gtin
    return package_uri(gtin, code.serial) if gtin else f"urn:fengtu:package:{code.serial}"


def _when(at: datetime) -> dict[str, str]:
    return {"eventTime": iso(at), "eventTimeZoneOffset": offset(at), "recordTime": iso(at)}
