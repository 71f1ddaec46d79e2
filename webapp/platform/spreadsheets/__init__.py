"""Spreadsheets: what people call Excel, read safely whatever it really is, and written safely.

`workbook` holds the values, `reader` reads, `writer` writes; the other files are one format each.
"""
