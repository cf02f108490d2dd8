"""Who may do what, as Mosquitto reads it: `passwordfile` and `acl` in one folder."""

from pathlib import Path

from telemetry.broker.access import INGEST_USER
from telemetry.credentials import check_password, hash_password
from telemetry.models import Device

_ACL = f"""# every device below its own id, the ingest hears all
user {INGEST_USER}
topic read base/#

pattern write base/%u/#
"""


def write_access_files(folder: Path, *, ingest_password: str) -> int:
    """Bring both files up to date and return how many devices may sign in.

    A file that would say the same is left alone: whoever watches its time then reloads only for a reason.
    """
    folder.mkdir(parents=True, exist_ok=True)
    passwords = folder / "passwordfile"
    devices = Device.objects.filter(is_active=True).exclude(password_hash="").order_by("device_id")
    lines = [_ingest_line(passwords, ingest_password)]
    lines += [f"{device.device_id}:{device.password_hash}" for device in devices]
    _replace(folder / "acl", _ACL)
    _replace(passwords, "\n".join(lines) + "\n")
    return len(lines) - 1


def _ingest_line(passwords: Path, password: str) -> str:
    """Return the line of the ingest: the one there while it fits, since a new hash is never the same."""
    before = passwords.read_text().splitlines() if passwords.exists() else []
    user, _, hashed = (before or [""])[0].partition(":")
    if user == INGEST_USER and check_password(password, hashed):
        return before[0]
    return f"{INGEST_USER}:{hash_password(password)}"


def _replace(path: Path, content: str) -> None:
    """Put the whole file in place at once, readable by its group: the broker is another user."""
    if path.exists() and path.read_text() == content:
        return
    building = path.with_suffix(".new")
    building.touch(mode=0o640)
    building.write_text(content)
    building.replace(path)
