"""Files that no web server may read: papers of applicants, photos of inspections, VI engineering files."""

from django.core.files.storage import Storage, storages


def private_storage() -> Storage:
    """Return the private storage; views that check permission hand its files out."""
    return storages["private"]
