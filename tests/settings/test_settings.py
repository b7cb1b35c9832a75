"""Settings: read once, checked, and honest about what is wrong."""

from pathlib import Path

import pytest

from parley.settings import Settings, SettingsError, as_markdown, unknown

DOCUMENT = Path(__file__).parents[2] / "docs" / "reference" / "settings.md"


def test_nothing_needs_to_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings.read({})
    assert settings.database == f"sqlite:///{tmp_path}/var/parley.db"
    assert settings.storage == f"file://{tmp_path}/var/files"
    assert settings.url == "http://localhost:8080"


def test_an_empty_variable_is_as_good_as_none() -> None:
    assert Settings.read({"PARLEY_PORT": " ", "PARLEY_URL": ""}) == Settings()


@pytest.mark.parametrize(
    ("variable", "written", "why"),
    [
        ("PARLEY_PORT", "99999", "from 1 to 65535"),
        ("PARLEY_PORT", "abc", "from 1 to 65535"),
        ("PARLEY_PORT", "tcp://10.0.0.1:80", "from 1 to 65535"),
        ("PARLEY_HOST", "0.0.0.0:80", "without a port"),
        ("PARLEY_HOST", "127.0.0", "127.0.0.1"),
        ("PARLEY_HOST", "http://here", "without a port"),
        ("PARLEY_DATA", "~nobody-of-that-name/var", "a path"),
        ("PARLEY_DATABASE", "mysql://example.com/x", "postgresql://"),
        ("PARLEY_DATABASE", "postgresql://example.com:port/x", "postgresql://"),
        ("PARLEY_DATABASE", "sqlite:///:memory:", "sqlite:///file"),
        ("PARLEY_STORAGE", "/var/files", "file:///"),
        ("PARLEY_URL", "meet.example.com", "https://meet.example.com"),
        ("PARLEY_URL", "https://meet.example.com/parley", "without a path"),
        ("PARLEY_URL", "https://meet.example.com:port", "https://meet.example.com"),
        ("PARLEY_URL", "https://[::1", "https://meet.example.com"),
        ("PARLEY_SMTP", "mail.example.com", "smtp://"),
        ("PARLEY_SMTP", "smtp://mail.example.com:99999", "smtp://"),
        ("PARLEY_IMAP", "imaps://mail.example.com", "imaps://"),
        ("PARLEY_MAIL_FROM", "Parley", "parley@example.com"),
        ("PARLEY_TRUSTED_PROXIES", "all", "10.0.0.0/8"),
        ("PARLEY_STUN", "stun.example.com", "stun:"),
        ("PARLEY_TURN", "turn:", "turn:"),
        ("PARLEY_PUBLISHERS", "0", "from 1 to"),
        ("PARLEY_PUBLISHERS", "six", "from 1 to"),
        ("PARLEY_SIGNIN_IDLE", "9" * 30, "from 1 to"),
        ("PARLEY_FILE_LIMIT", "2 GB", "from 0 to"),
        ("PARLEY_FILE_TYPES", ",", "pdf,png,docx"),
        ("PARLEY_FILE_TYPES", "application/pdf", "pdf,png,docx"),
        ("PARLEY_LOG", "xml", "console, json"),
    ],
)
def test_a_wrong_setting_is_named_with_what_was_found_and_what_is_expected(
    variable: str, written: str, why: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.read({variable: written})
    hidden = variable in {"PARLEY_DATABASE", "PARLEY_STORAGE", "PARLEY_SMTP", "PARLEY_IMAP"}
    found, expected = str(refused.value).split(" does not work: ")
    assert found == f"{variable}={'(hidden)' if hidden else written}"
    assert why in expected


@pytest.mark.parametrize(
    ("variable", "written"),
    [
        ("PARLEY_HOST", "::"),
        ("PARLEY_HOST", "meet.example.com"),
        ("PARLEY_DATABASE", "postgresql://ada:se#cret@example.com:5432/parley"),
        ("PARLEY_STORAGE", "s3://bucket/prefix"),
        ("PARLEY_MAIL_FROM", "parley@localhost"),
        ("PARLEY_TRUSTED_PROXIES", "127.0.0.1, ::1, 10.0.0.0/8"),
    ],
)
def test_what_is_well_formed_is_taken(variable: str, written: str) -> None:
    Settings.read({variable: written})


def test_every_wrong_setting_has_a_line() -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.read({"PARLEY_PORT": "abc\ndef", "PARLEY_LOG": "xml"})
    assert [line.split(" does")[0] for line in str(refused.value).splitlines()] == [
        "PARLEY_PORT=abc def",
        "PARLEY_LOG=xml",
    ]


def test_a_secret_is_not_printed_not_even_when_it_is_wrong() -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.read({"PARLEY_DATABASE": "mysql://ada:hunter2@example.com/x"})
    assert "hunter2" not in str(refused.value)
    settings = Settings.read({"PARLEY_SMTP": "smtps://ada:hunter2@example.com", "PARLEY_SECRET_KEY": "hunter2"})
    assert "hunter2" not in repr(settings)


def test_what_belongs_together_must_be_set_together() -> None:
    with pytest.raises(SettingsError, match="PARLEY_TLS_KEY"):
        Settings.read({"PARLEY_TLS_CERT": "cert.pem"})
    with pytest.raises(SettingsError, match="PARLEY_TURN_SECRET"):
        Settings.read({"PARLEY_TURN": "turn:turn.example.com"})


@pytest.mark.parametrize(
    ("url", "cameras"),
    [
        ("http://localhost:8080", True),
        ("http://127.0.0.1", True),
        ("http://[::1]:8080", True),
        ("http://parley.localhost", True),
        ("https://meet.example.com", True),
        ("http://meet.example.com", False),
        ("http://192.168.0.7:8080", False),
    ],
)
def test_only_https_and_this_machine_give_cameras(url: str, *, cameras: bool) -> None:
    assert Settings.read({"PARLEY_URL": url}).gives_cameras is cameras


def test_a_slip_of_the_pen_is_noticed() -> None:
    assert unknown({"PARLEY_PROT": "1", "PARLEY_PORT": "1", "PATH": "/bin"}) == ["PARLEY_PROT"]


def test_the_document_holds_every_setting() -> None:
    assert as_markdown() in DOCUMENT.read_text()
