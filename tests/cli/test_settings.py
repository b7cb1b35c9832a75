"""Settings that are wrong, as the operator of the server hears of them."""

from pathlib import Path

import pytest

from tests.cli.operator import Operator


@pytest.mark.parametrize("command", ["serve", "migrate", "doctor", "account list"])
def test_a_wrong_setting_is_one_line_and_status_2(parley: Operator, command: str) -> None:
    error = Operator(parley.settings | {"PARLEY_PORT": "abc"})
    done = error.type(*command.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "PARLEY_PORT=abc does not work: a whole number from 1 to 65535 is expected.\n"


@pytest.mark.parametrize(
    ("variable", "written", "says"),
    [
        ("PARLEY_SECRET_KEY", "hunter2", "PARLEY_SECRET_KEY is not a key: it must be 32 random bytes in base64"),
        ("PARLEY_SECRET_KEY", "aGk=", "PARLEY_SECRET_KEY is not a key: it must be 32 random bytes in base64"),
        ("PARLEY_TLS_CERT", "cert.pem", "PARLEY_TLS_CERT and PARLEY_TLS_KEY go together"),
        ("PARLEY_TURN", "turn:turn.example.com", "PARLEY_TURN needs PARLEY_TURN_SECRET"),
    ],
)
def test_serving_with_a_wrong_setting_is_no_traceback(parley: Operator, variable: str, written: str, says: str) -> None:
    done = Operator(parley.settings | {variable: written}).type("serve")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(says)
    assert len(done.stderr.splitlines()) == 1


def test_a_certificate_that_cannot_be_read_is_named(parley: Operator, tmp_path: Path) -> None:
    missing = str(tmp_path / "nothing.pem")
    done = Operator(parley.settings | {"PARLEY_TLS_CERT": missing, "PARLEY_TLS_KEY": missing}).type("serve")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert done.stderr.startswith(f"PARLEY_TLS_CERT={missing} and PARLEY_TLS_KEY={missing} do not work: ")


def test_a_folder_that_cannot_be_is_named(parley: Operator, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = Operator(parley.settings | {"PARLEY_DATA": str(tmp_path / "file" / "var")}).type("serve")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert done.stderr.startswith(str(tmp_path / "file"))
