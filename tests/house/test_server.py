"""The server that tests start is the one that an operator starts: it stops cleanly, and comes back as it was."""

from urllib.request import urlopen

from tests.server import Server


def test_the_server_stops_when_it_is_asked_to_and_comes_back_with_its_data(server: Server) -> None:
    made = server.run("account", "create", "Example", "--admin", "ada@example.com", answer="a long enough phrase")
    assert made["user"]["email"] == "ada@example.com"
    server.stop()
    server.start(preload=False)
    server.kill()
    server.start(preload=False)
    token = server.run("token", "create", "--user", "ada@example.com", "--scope", "all")["token"]
    assert token.startswith("parley_")
    with urlopen(f"{server.url}/healthz") as answer:
        assert answer.status == 200
