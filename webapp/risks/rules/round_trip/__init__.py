"""The ledger out to a workbook and back: marks, what was changed there, what becomes of it."""
