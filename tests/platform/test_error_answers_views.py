"""What browsers and scripts are told when an address or a form is not taken."""

import pytest


def test_a_form_that_has_expired_says_so_and_what_to_do(client_of):
    answer = client_of("safety_officer").post("accounts.logout", csrf_token="stale")

    assert answer.status == 403
    assert answer.one("h1").text == "页面已过期"
    assert "这次没有提交" in answer.text
    assert "没有权限" not in answer.text


@pytest.mark.parametrize(("address", "status"), [("/nowhere", 404), ("/login/organisation", 405)])
def test_a_script_is_told_in_words_what_is_wrong(as_, address, status):
    browser = as_(None)

    answer = (
        browser.client.delete(address, headers={"Accept": "application/json"})
        if status == 405
        else browser.client.get(address, headers={"Accept": "application/json"})
    )

    told = answer.get_json()["error"]
    assert answer.status_code == status
    assert told["message"]
    assert told["request_id"]
