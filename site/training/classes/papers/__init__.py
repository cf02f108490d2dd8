"""Papers of a class: the sheet to sign, the workbook of who came."""
