"""Tokens of cameras: shown once, kept as a hash; with one a camera sends its pictures itself."""

from telemetry.credentials import check_password, hash_password, new_password
from telemetry.models import Camera


class WrongToken(PermissionError):
    """No camera in use has that id and token; which of both is wrong is not told."""


def issue_token(*, camera: Camera) -> str:
    """Give `camera` a new token and return it; the one before stops working."""
    token = new_password()
    camera.token_hash = hash_password(token)
    camera.save(update_fields=["token_hash"])
    return token


def revoke_token(*, camera: Camera) -> None:
    """Take the token away: the camera may not send any more."""
    camera.token_hash = ""
    camera.save(update_fields=["token_hash"])


def camera_with_token(*, camera_id: str, token: str) -> Camera:
    """Return the camera in use that this token belongs to.

    Raises:
        WrongToken: there is none.
    """
    camera = Camera.objects.filter(camera_id=camera_id, is_active=True).select_related("base").first()
    if camera is None or not check_password(token, camera.token_hash):
        raise WrongToken
    return camera
