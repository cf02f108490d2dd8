"""What is printed of the packaging stock: receipt notes and monthly statements."""

from brand.packaging.papers.note import note_pdf
from brand.packaging.papers.statement import statement_pdf
from brand.packaging.papers.workbook import write_workbook

__all__ = ["note_pdf", "statement_pdf", "write_workbook"]
