"""The sending side of a connection ends cleanly, however the other side goes."""

from typing import Any

import pytest

from parley.live.client_connection import ClientConnection
from parley.live.rules import Rules


@pytest.mark.parametrize("fault", [RuntimeError("the socket is closed"), OSError("the other side is gone")])
async def test_a_connection_that_cannot_be_sent_to_is_closing_and_may_be_hung_up(fault: Exception) -> None:
    async def send(_message: Any) -> None:  # noqa: ANN401 (what ASGI sends)
        raise fault

    connection = ClientConnection(Rules())
    connection.push(b"{}")
    if isinstance(fault, OSError):
        await connection.run(send)
    else:
        with pytest.raises(RuntimeError):
            await connection.run(send)
    assert connection.closing
    connection.push(b"{}")
    connection.hang_up()
