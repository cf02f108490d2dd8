"""The parts of the EPCIS 2.0 JSON schema that our answers use, written down after the standard (draft 7)."""

from typing import Any

STEPS = [
    "accepting",
    "arriving",
    "assembling",
    "collecting",
    "commissioning",
    "consigning",
    "creating_class_instance",
    "cycle_counting",
    "decommissioning",
    "departing",
    "destroying",
    "disassembling",
    "dispensing",
    "encoding",
    "entering_exiting",
    "holding",
    "inspecting",
    "installing",
    "killing",
    "loading",
    "other",
    "packing",
    "picking",
    "receiving",
    "removing",
    "repackaging",
    "repairing",
    "replacing",
    "reserving",
    "retail_selling",
    "sampling",
    "sensor_reporting",
    "shipping",
    "staging_outbound",
    "stock_taking",
    "stocking",
    "storing",
    "transporting",
    "unloading",
    "unpacking",
    "void_shipping",
]
DISPOSITIONS = [
    "active",
    "available",
    "completeness_inferred",
    "completeness_verified",
    "conformant",
    "container_closed",
    "container_open",
    "damaged",
    "destroyed",
    "dispensed",
    "disposed",
    "encoded",
    "expired",
    "in_progress",
    "in_transit",
    "inactive",
    "mismatch_class",
    "mismatch_instance",
    "mismatch_quantity",
    "needs_replacement",
    "no_pedigree_match",
    "non_conformant",
    "non_sellable_other",
    "partially_dispensed",
    "recalled",
    "reserved",
    "retail_sold",
    "returned",
    "sellable_accessible",
    "sellable_not_accessible",
    "stolen",
    "unavailable",
    "unknown",
]
URI = {"type": "string", "format": "uri", "pattern": "^[A-Za-z][A-Za-z0-9+.-]*:"}
TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}
EVENT_ID = {"type": "string", "pattern": r"^ni:///sha-256;[0-9a-f]{64}\?ver=CBV2\.0$"}
PLACE = {"type": "object", "required": ["id"], "properties": {"id": URI}}
EPCS = {"type": "array", "items": URI, "uniqueItems": True}
QUANTITIES = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["epcClass"],
        "additionalProperties": False,
        "properties": {
            "epcClass": URI,
            "quantity": {"type": "number"},
            "uom": {"type": "string", "pattern": "^[A-Z0-9]{2,3}$"},
        },
    },
}
COMMON: dict[str, Any] = {
    "eventTime": TIME,
    "recordTime": TIME,
    "eventTimeZoneOffset": {"type": "string", "pattern": r"^[+-]((0\d|1[0-3]):[0-5]\d|14:00)$"},
    "eventID": EVENT_ID,
    "errorDeclaration": {
        "type": "object",
        "required": ["declarationTime"],
        "additionalProperties": False,
        "properties": {
            "declarationTime": TIME,
            "reason": {"enum": ["did_not_occur", "incorrect_data"]},
            "correctiveEventIDs": {"type": "array", "items": EVENT_ID, "minItems": 1},
        },
    },
    "bizStep": {"enum": STEPS},
    "disposition": {"enum": DISPOSITIONS},
    "readPoint": PLACE,
    "bizLocation": PLACE,
}
ACTION = {"action": {"enum": ["ADD", "OBSERVE", "DELETE"]}}


def _event(name: str, own: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type", "eventTime", "eventTimeZoneOffset", *required],
        "properties": {"type": {"const": name}, **COMMON, **own},
        "patternProperties": {"^fengtu:[a-zA-Z]+$": {}},
        "additionalProperties": False,
    }


SCHEMA: dict[str, Any] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "required": ["@context", "type", "schemaVersion", "creationDate", "epcisBody"],
    "additionalProperties": False,
    "properties": {
        "@context": {"type": "array", "items": {"type": ["string", "object"]}, "uniqueItems": True},
        "type": {"const": "EPCISQueryDocument"},
        "schemaVersion": {"const": "2.0"},
        "creationDate": TIME,
        "epcisBody": {
            "type": "object",
            "required": ["queryResults"],
            "additionalProperties": False,
            "properties": {
                "queryResults": {
                    "type": "object",
                    "required": ["queryName", "resultsBody"],
                    "additionalProperties": False,
                    "properties": {
                        "queryName": {"type": "string"},
                        "resultsBody": {
                            "type": "object",
                            "required": ["eventList"],
                            "additionalProperties": False,
                            "properties": {"eventList": {"type": "array", "items": {"$ref": "#/event"}}},
                        },
                    },
                }
            },
        },
    },
    "event": {
        "oneOf": [
            _event("ObjectEvent", {"quantityList": QUANTITIES, **ACTION}, ["action", "quantityList"]),
            _event("ObjectEvent", {"epcList": EPCS, **ACTION}, ["action", "epcList"]),
            _event(
                "AggregationEvent",
                {"parentID": URI, "childEPCs": EPCS, **ACTION},
                ["action", "parentID", "childEPCs"],
            ),
            _event(
                "TransformationEvent",
                {"inputQuantityList": QUANTITIES, "outputQuantityList": QUANTITIES},
                ["inputQuantityList", "outputQuantityList"],
            ),
        ]
    },
}
