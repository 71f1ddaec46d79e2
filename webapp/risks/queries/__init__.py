"""Reads of the ledger, shaped for a screen."""
