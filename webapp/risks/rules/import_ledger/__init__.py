"""Reading a ledger as enterprises keep it: find the table, map its headings, judge each row.

`preview` is the way in; `contract` is what the command line prints.
"""
