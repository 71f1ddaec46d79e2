import json
from uuid import uuid4

from tests.factories.accounts import PASSWORD


def test_the_first_operator_is_made_from_the_command_line(app, db, as_):
    login = f"ops{uuid4().hex[:8]}"

    result = app.test_cli_runner().invoke(
        args=[
            "users",
            "create-operator",
            login,
            "--name",
            "运维员",
            "--password",
            PASSWORD,
            "--json",
        ]
    )

    assert json.loads(result.output)["login"] == login
    browser = as_(None)
    browser.post("accounts.login_submit", login=login, password=PASSWORD)
    assert "平台运维" in browser.get("accounts.me").text


def test_a_weak_password_is_refused_on_the_command_line(app, db):
    result = app.test_cli_runner().invoke(
        args=["users", "create-operator", "ops", "--name", "运维员", "--password", "1234567890"]
    )

    assert result.exit_code != 0
    assert "密码" in result.output
