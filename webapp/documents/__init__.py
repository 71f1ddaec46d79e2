"""The PDF kit: faces, pages, tables, form grids, signatures, codes, verification."""
