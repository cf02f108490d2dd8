"""The record as EPCIS 2.0: events asked for by others, events handed in by partners."""
