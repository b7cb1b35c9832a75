"""API tokens from the command line."""

from parley.access import Credential, Kind
from parley.access.credential_cache import CredentialCache
from parley.ground.clock import utc_now
from parley.ground.db import open_store
from parley.people import RIGHTS, SCOPES, Role
from parley.settings import Settings
from tests.cli.operator import Operator
from tests.cli.test_people import ADA, PASSWORD


async def credential(parley: Operator, secret: str) -> Credential | None:
    """Return what a token opens."""
    settings = Settings.read(parley.settings)
    async with open_store(settings.database) as store:
        return await CredentialCache(store, idle=settings.signin_idle, clock=utc_now).find(Kind.TOKEN, secret)


async def test_a_token_for_everything_may_what_the_role_may(parley: Operator) -> None:
    parley.ask(*ADA, answer=PASSWORD)
    parley.ask("user", "add", "mia@harbor.example", "--role", "member", answer=PASSWORD)
    for email, role in (("ada@harbor.example", Role.ADMINISTRATOR), ("mia@harbor.example", Role.MEMBER)):
        made = parley.ask("token", "create", "--user", email, "--scope", "all")
        assert list(made) == ["token"]
        opened = await credential(parley, made["token"])
        assert opened is not None
        assert opened.caller.scopes == RIGHTS[role]


async def test_a_token_for_some_rights_may_these(parley: Operator) -> None:
    parley.ask(*ADA, answer=PASSWORD)
    words = ("token", "create", "--user", "ada@harbor.example", "--scope", "me", "--scope", "metrics:read")
    said = parley.type(*words, "--days", "7")
    assert said.stdout.startswith("parley_")
    opened = await credential(parley, said.stdout.strip())
    assert opened is not None
    assert opened.expires_at is not None
    assert opened.caller.scopes == {"me", "metrics:read"}
    beyond = parley.refused("token", "create", "--user", "ada@harbor.example", "--scope", "people:fire")
    assert [error["field"] for error in beyond["errors"]] == ["scopes"]
    assert beyond["error"] == f"There are no such rights: people:fire. There are: {', '.join(SCOPES)}."


async def test_tokens_are_listed_and_revoked(parley: Operator) -> None:
    parley.ask(*ADA, answer=PASSWORD)
    whose = ("--user", "ada@harbor.example")
    assert parley.type("token", "list", *whose).stdout == "ada@harbor.example has no tokens.\n"
    secret = parley.ask("token", "create", *whose, "--scope", "me", "--name", "Reports", "--days", "7")["token"]
    (token,) = parley.ask("token", "list", *whose)["tokens"]
    assert (token["name"], token["scopes"], token["used_at"]) == ("Reports", ["me"], None)
    heads, line = parley.type("token", "list", *whose).stdout.splitlines()
    assert heads.split() == ["ID", "NAME", "CREATED", "ENDS", "USED", "RIGHTS"]
    assert line.split() == [token["id"], "Reports", token["created_at"][:10], token["expires_at"][:10], "-", "me"]
    assert secret not in line
    assert parley.ask("token", "revoke", token["id"]) == {"token": token}
    assert await credential(parley, secret) is None
    assert parley.refused("token", "revoke", token["id"])["error"] == "There is no such token."
    assert parley.refused("token", "revoke", "all")["error"] == "There is nothing under this id."
