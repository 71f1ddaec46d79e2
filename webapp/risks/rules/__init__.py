"""What is true of risks: assessment, judgement, control levels, the reading of ledgers."""
