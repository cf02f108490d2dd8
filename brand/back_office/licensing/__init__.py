"""Licensing in the back office: applications, site checks, publicity, decisions, what licences say."""
