"""The agencies of the demo city."""

from webapp.demo.rules.roster import bureaus


def test_no_two_agencies_number_their_papers_alike():
    prefixes = [bureau.prefix for bureau in bureaus()]

    assert len(prefixes) == len(set(prefixes)) == 11
