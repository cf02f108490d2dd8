"""How a private file of a finding is handed out, once somebody else has checked who asks."""

import mimetypes

from django.http import FileResponse

from brand.inspections.findings import FindingProof


def proof_answer(proof: FindingProof) -> FileResponse:
    """Answer with the file of a proof, to be saved, under the name it came with and the ending it has."""
    kind = mimetypes.guess_type(proof.file.name)[0] or "application/octet-stream"
    ending = proof.file.name.rpartition(".")[2]
    name = f"{proof.name.rpartition('.')[0] or proof.name}.{ending}"
    response = FileResponse(proof.file.open(), as_attachment=True, filename=name, content_type=kind)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
