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
        ("PARLEY_PORT", "99999", "between 1 and 65535"),
        ("PARLEY_PORT", "tcp://10.0.0.1:80", "PARLEY_PORT"),
        ("PARLEY_DATABASE", "mysql://example.com/x", "postgresql://"),
        ("PARLEY_DATABASE", "sqlite:///:memory:", "sqlite:///file"),
        ("PARLEY_URL", "meet.example.com", "https://meet.example.com"),
        ("PARLEY_URL", "https://meet.example.com/parley", "without a path"),
        ("PARLEY_SMTP", "mail.example.com", "smtp://"),
        ("PARLEY_TRUSTED_PROXIES", "all", "all"),
        ("PARLEY_STUN", "stun.example.com", "stun:"),
        ("PARLEY_TURN", "turn:", "turn:"),
        ("PARLEY_PUBLISHERS", "0", "from 1 up"),
        ("PARLEY_LOG", "xml", "console, json"),
    ],
)
def test_a_wrong_setting_is_named_and_explained(variable: str, written: str, why: str) -> None:
    with pytest.raises(SettingsError, match=variable) as refused:
        Settings.read({variable: written})
    assert why in str(refused.value)


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
