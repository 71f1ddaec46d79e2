"""Pages of inspections, papers, their verification, and the region."""
