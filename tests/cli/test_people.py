"""Accounts, users and tokens from the command line."""

from pathlib import Path

from parley.access import ClientInfo, Context, find_holder, sign_in
from parley.ground.clock import utc_now
from parley.ground.db import open_store
from parley.ground.faults import Invalid
from parley.ground.mail import Mailer
from parley.settings import Settings
from tests.cli.operator import Operator

PASSWORD = "seven gulls above"
ADA = ("account", "create", "Harbor", "--admin", "ada@harbor.example")


async def signs_in(parley: Operator, email: str, password: str) -> bool:
    """Tell whether somebody can sign in."""
    settings = Settings.read(parley.settings)
    async with open_store(settings.database) as store:
        context = Context(store, settings=settings, mailer=Mailer(None, sender=""))
        try:
            await sign_in(context, email=email, password=password, client=ClientInfo(address="127.0.0.1", agent=""))
        except Invalid:
            return False
        finally:
            await context.close()
        return True


async def test_an_account_is_created_with_a_password_that_was_piped_in(parley_on_either: Operator) -> None:
    made = parley_on_either.ask(
        *ADA, "--name", "Ada", "--language", "de", "--time-zone", "Europe/Berlin", answer=PASSWORD + "\n"
    )
    assert set(made) == {"account", "user"}
    assert made["account"]["name"] == "Harbor"
    assert made["user"]["account"] == made["account"]["id"]
    assert (made["user"]["role"], made["user"]["locale"], made["user"]["name"]) == ("administrator", "de", "Ada")
    assert await signs_in(parley_on_either, "ada@harbor.example", PASSWORD)


async def test_without_a_password_there_is_a_link_to_set_one(parley: Operator) -> None:
    made = parley.ask(*ADA)
    secret = made["link"].rpartition("/reset/")[2]
    async with open_store(parley.settings["PARLEY_DATABASE"]) as store:
        assert (await store.read(find_holder, secret, now=utc_now())).email == "ada@harbor.example"


def test_a_weak_password_creates_nothing(parley: Operator) -> None:
    refusal = parley.refused(*ADA, answer="password123\n")
    assert [error["field"] for error in refusal["errors"]] == ["password"]
    assert parley.ask(*ADA, answer=PASSWORD)["user"]["email"] == "ada@harbor.example"


def test_what_is_wrong_is_named_field_by_field(parley: Operator) -> None:
    words = ("account", "create", " ", "--admin", "nobody", "--language", "xx", "--time-zone", "Mars")
    refusal = parley.refused(*words)
    assert [error["field"] for error in refusal["errors"]] == ["account", "email", "locale", "time_zone"]


async def test_people_are_added_suspended_and_let_in_again(parley: Operator) -> None:
    parley.ask(*ADA, answer=PASSWORD)
    added = parley.ask("user", "add", "bob@harbor.example", "--role", "agent", answer=PASSWORD)
    assert (added["user"]["role"], added["user"]["status"]) == ("agent", "active")
    assert parley.ask("user", "suspend", "BOB@harbor.example")["user"]["status"] == "suspended"
    assert parley.ask("user", "reactivate", "bob@harbor.example")["user"]["status"] == "active"
    assert await signs_in(parley, "bob@harbor.example", PASSWORD)


def test_people_are_deleted_after_a_look_at_what_will_happen(parley: Operator) -> None:
    parley.ask(*ADA, answer=PASSWORD)
    parley.ask("user", "add", "bob@harbor.example", "--role", "agent", answer=PASSWORD)
    dry = parley.ask("user", "delete", "bob@harbor.example", "--to", "ada@harbor.example", "--dry-run")
    assert (dry["dry_run"], dry["meetings"], dry["user"]["status"]) == (True, [], "active")
    assert parley.type("user", "delete", "bob@harbor.example").stdout == "Deleted bob@harbor.example.\n"
    assert [user["email"] for user in parley.ask("user", "list")["users"]] == ["ada@harbor.example"]


def test_refusals_are_sentences_and_status_1(parley: Operator) -> None:
    parley.ask(*ADA, answer=PASSWORD)
    last = parley.type("user", "suspend", "ada@harbor.example")
    assert (last.returncode, last.stdout) == (1, "")
    assert last.stderr == "This is the last administrator; make somebody else an administrator first.\n"
    nobody = parley.refused("user", "suspend", "nobody@harbor.example")
    assert nobody == {"error": "Nobody here has the address nobody@harbor.example.", "errors": []}


async def test_a_password_is_set_from_standard_input(parley: Operator) -> None:
    parley.ask(*ADA, answer=PASSWORD)
    weak = parley.refused("user", "password", "ada@harbor.example", answer="short")
    assert [error["field"] for error in weak["errors"]] == ["password"]
    parley.ask("user", "password", "ada@harbor.example", answer="eight gulls below\n")
    assert await signs_in(parley, "ada@harbor.example", "eight gulls below")
    assert not await signs_in(parley, "ada@harbor.example", PASSWORD)


def test_the_account_is_named_where_there_are_several(parley: Operator) -> None:
    parley.ask(*ADA, answer=PASSWORD)
    parley.ask("account", "create", "Lighthouse", "--admin", "eve@lighthouse.example", answer=PASSWORD)
    words = ("user", "add", "bob@lighthouse.example", "--role", "member")
    assert parley.refused(*words)["error"] == (
        "There are several accounts: choose one with --account: Harbor, Lighthouse."
    )
    assert parley.refused("user", "list")["error"].endswith("--account: Harbor, Lighthouse.")
    parley.ask(*words, "--account", "Lighthouse", answer=PASSWORD)


def test_a_role_that_is_none_is_refused_with_those_that_are(parley: Operator) -> None:
    parley.ask(*ADA, answer=PASSWORD)
    refusal = parley.refused("user", "add", "bob@harbor.example", "--role", "boss")
    assert refusal["error"] == ("There is no role boss; there are administrator, manager, organizer, agent, member.")


def test_only_the_first_account_changes_the_schema(parley: Operator, tmp_path: Path) -> None:
    fresh = Operator(parley.settings | {"PARLEY_DATABASE": f"sqlite:///{tmp_path / 'fresh.db'}"})
    refusal = fresh.refused("user", "suspend", "ada@harbor.example")
    assert "run `parley migrate`" in refusal["error"]
    fresh.ask(*ADA, answer=PASSWORD)
    assert fresh.refused("user", "suspend", "ada@harbor.example")["error"].startswith("This is the last administrator")


def test_a_question_to_a_server_that_never_ran_is_answered_and_makes_no_database(tmp_path: Path) -> None:
    fresh = Operator({"PARLEY_DATA": str(tmp_path / "var")})
    asked = fresh.type("user", "list")
    assert (asked.returncode, asked.stdout) == (1, "")
    assert asked.stderr == "The database does not stand at this version's schema: run `parley migrate`.\n"
    assert not list(tmp_path.rglob("parley.db*"))


def test_accounts_and_people_are_listed(parley: Operator) -> None:
    assert parley.ask("account", "list") == {"accounts": []}
    assert parley.type("account", "list").stdout == "There is no account yet.\n"
    made = parley.ask(*ADA, "--name", "Ada Low", answer=PASSWORD)
    added = parley.ask("user", "add", "bob@harbor.example", "--role", "agent", answer=PASSWORD)
    assert parley.ask("account", "list") == {"accounts": [made["account"]]}
    assert parley.ask("user", "list") == {"users": [made["user"], added["user"]]}
    lines = parley.type("user", "list").stdout.splitlines()
    assert [line.split() for line in lines] == [
        ["ID", "EMAIL", "NAME", "ROLE", "STATUS"],
        [made["user"]["id"], "ada@harbor.example", "Ada", "Low", "administrator", "active"],
        [added["user"]["id"], "bob@harbor.example", "bob", "agent", "active"],
    ]
    assert lines[0].index("ROLE") == lines[1].index("administrator") == lines[2].index("agent")
    assert parley.refused("user", "list", "--account", "Pier")["error"] == (
        "There is no account Pier. There are: Harbor."
    )
