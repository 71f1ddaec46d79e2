"""Every page that the score and its advice can lead to exists."""

from flask import Flask

from webapp.scoring.views.targets import ADVICE_ENDPOINTS, OWN_ENDPOINTS, RECORD_ENDPOINTS


def test_whatever_the_score_leads_to_is_a_page_that_takes_what_it_is_given(app: Flask):
    for endpoint, argument in (*RECORD_ENDPOINTS.values(), *OWN_ENDPOINTS.values()):
        rules = list(app.url_map.iter_rules(endpoint))
        assert any(argument in rule.arguments for rule in rules), endpoint
    for endpoint in ADVICE_ENDPOINTS.values():
        assert endpoint in app.view_functions, endpoint
