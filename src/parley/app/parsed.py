"""Forgetting what was parsed of a request: the framework keeps the last thousand forms, queries and cookies.

Whoever sends them chooses how large they are, and there are passwords among them.
"""

from litestar._parsers import parse_cookie_string, parse_query_string, parse_url_encoded_form_data
from litestar.types import Message, Scope


async def forget_parsed(message: Message, scope: Scope) -> None:  # noqa: ARG001 (Litestar's hook)
    """Forget it as soon as the request is answered."""
    if message["type"] == "http.response.start":
        parse_cookie_string.cache_clear()
        parse_query_string.cache_clear()
        parse_url_encoded_form_data.cache_clear()
