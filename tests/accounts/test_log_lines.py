"""What the log says of who asks: ids to follow a trail by, never a name or a token."""

import json

import structlog
from structlog.contextvars import merge_contextvars


def logged(browser, address: str) -> dict[str, object]:
    with structlog.testing.capture_logs(processors=[merge_contextvars]) as logs:
        browser.get(address)
    (line,) = [line for line in logs if line["event"] == "request"]
    return line


def test_a_request_is_logged_with_the_ids_of_user_and_enterprise(as_, world):
    worker = world["worker"]

    line = logged(as_(worker), "/me")

    assert (line["user"], line["enterprise"]) == (str(worker.user_id), str(world.enterprise_id))
    assert "agency" not in line
    told = json.dumps(line, default=str, ensure_ascii=False)
    assert worker.name not in told
    assert worker.token not in told


def test_an_officers_request_names_the_agency(as_, world):
    inspector = world["inspector"]

    line = logged(as_(inspector), "/me")

    assert (line["user"], line["agency"]) == (str(inspector.user_id), str(inspector.agency_id))
    assert "enterprise" not in line


def test_a_strangers_request_names_nobody_also_after_anothers(as_, world):
    as_(world["worker"]).get("/me")

    line = logged(as_(None), "/login")

    assert not {"user", "enterprise", "agency"} & line.keys()
