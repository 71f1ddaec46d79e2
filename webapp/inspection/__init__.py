"""The agency's side: rollups by region, inspections, and enforcement documents."""
