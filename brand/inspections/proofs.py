"""How a private file of a finding is handed out, once somebody else has checked who asks."""

import mimetypes

from django.http import FileResponse

from brand.inspections.findings import FindingProof


def proof_answer(proof: FindingProof) -> FileResponse:
    """Answer with the file of a proof, to be saved, under the name it came with and the ending it has."""
    stored = str(proof.file.name)
    kind = mimetypes.guess_type(stored)[0] or "application/octet-stream"
    ending = stored.rpartition(".")[2]
    name = f"{proof.name.rpartition('.')[0] or proof.name}.{ending}"
    response = FileResponse(proof.file.open(), as_attachment=True, filename=name, content_type=kind)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
