"""`parley doctor` says what is set up wrong, and how to mend it."""

import base64
import json
import os
import socket
from pathlib import Path

from tests.cli.operator import Operator


def states(parley: Operator, **settings: str) -> dict[str, str]:
    """Return the worst state of each thing that the doctor looks at."""
    patient = Operator(parley.settings | settings)
    done = patient.type("doctor", "--json")
    order = ["good", "notice", "bad"]
    found: dict[str, str] = {}
    for finding in json.loads(done.stdout)["findings"]:
        about, state = finding["about"], finding["state"]
        found[about] = max(found.get(about, "good"), state, key=order.index)
        assert state == "good" or finding["mend"]
    assert done.returncode == ("bad" in found.values())
    return found


def test_a_fresh_server_is_well_but_for_mail_and_its_address(parley_on_either: Operator, dialect: str) -> None:
    found = states(parley_on_either)
    assert ("clock" in found) == (dialect == "postgresql")
    assert {about for about, state in found.items() if state != "good"} == {"mail", "address"}
    assert {"folder", "key", "database", "address"} <= set(found)


def test_people_read_sentences(parley: Operator) -> None:
    done = parley.type("doctor")
    assert "Nothing is wrong." in done.stdout
    assert "PARLEY_SMTP=smtp://…" in done.stdout


def test_plain_http_under_a_name_costs_people_their_cameras(parley: Operator) -> None:
    assert states(parley, PARLEY_URL="http://meet.harbor.example")["address"] == "bad"
    assert states(parley, PARLEY_URL="https://meet.harbor.example", PARLEY_HOST="0.0.0.0")["address"] == "good"  # noqa: S104
    assert states(parley, PARLEY_URL="https://meet.harbor.example")["address"] == "notice"


def test_links_that_are_useless_to_other_people_are_told(parley: Operator) -> None:
    told = parley.type("doctor").stdout
    assert "Links lead to http://localhost:8080, which is every reader's own machine" in told
    for mends in ("PARLEY_URL=https://", "--host 0.0.0.0", "PARLEY_TLS_CERT"):
        assert mends in told
    for url in ("http://127.0.0.1:8080", "https://parley.localhost", "http://[::1]"):
        assert states(parley, PARLEY_URL=url)["address"] == "notice"
    everywhere = Operator(parley.settings | {"PARLEY_HOST": "0.0.0.0"}).type("doctor").stdout  # noqa: S104
    assert "useless" in everywhere
    assert "--host" not in everywhere


def test_a_wrong_key_is_told_before_it_hurts(parley: Operator) -> None:
    key = base64.b64encode(os.urandom(32)).decode()
    assert states(parley, PARLEY_SECRET_KEY="not a key")["key"] == "bad"
    assert states(parley, PARLEY_SECRET_KEY=key)["key"] == "good"


def test_a_key_that_others_can_read_is_told(parley: Operator) -> None:
    folder = Path(parley.settings["PARLEY_DATA"])
    folder.mkdir()
    file = folder / "secret.key"
    file.write_text(base64.b64encode(os.urandom(32)).decode())
    file.chmod(0o644)
    assert states(parley)["key"] == "bad"
    file.chmod(0o600)
    assert states(parley)["key"] == "good"


def test_a_database_that_is_away_is_told(parley: Operator) -> None:
    assert states(parley, PARLEY_DATABASE="postgresql://nobody@127.0.0.1:1/nothing")["database"] == "bad"


def test_a_mailbox_that_does_not_answer_is_told(parley: Operator) -> None:
    assert states(parley, PARLEY_SMTP="smtp://127.0.0.1:1")["mailbox"] == "notice"
    assert states(parley, PARLEY_IMAP="imap://parley:x@127.0.0.1:1")["mailbox"] == "bad"


def test_a_mail_server_that_does_not_answer_is_told(parley: Operator) -> None:
    assert states(parley, PARLEY_SMTP="smtp://127.0.0.1:1")["mail"] == "bad"
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert states(parley, PARLEY_SMTP=f"smtp://127.0.0.1:{server.getsockname()[1]}")["mail"] == "good"


def test_a_slip_of_the_pen_is_told(parley: Operator) -> None:
    assert states(parley, PARLEY_PROT="8080")["settings"] == "notice"
    refusal = Operator(parley.settings | {"PARLEY_PORT": "eighty"}).refused("doctor", status=2)
    assert refusal["error"].startswith("PARLEY_PORT=eighty does not work")


def test_certificates_that_cannot_be_read_are_told(parley: Operator, tmp_path: Path) -> None:
    missing = str(tmp_path / "nothing.pem")
    found = states(parley, PARLEY_TLS_CERT=missing, PARLEY_TLS_KEY=missing)
    assert found["certificate"] == "bad"
