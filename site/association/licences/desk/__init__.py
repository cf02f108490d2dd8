"""Licences on the member's desk: what is held, what is asked for, the papers to print."""
