"""How a photo of a claim is handed out, once somebody else has checked who asks."""

from django.http import FileResponse

from shop.aftersales.models import ClaimPhoto


def photo_answer(photo: ClaimPhoto) -> FileResponse:
    """Answer with the photo; no cache keeps it."""
    response = FileResponse(photo.file.open(), content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
