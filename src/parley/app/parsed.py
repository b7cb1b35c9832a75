"""Forgetting what was parsed of a request: the framework keeps the last thousand forms, queries and cookies.

Whoever sends them chooses how large they are, and there are passwords among them.
"""

from litestar._parsers import parse_cookie_string, parse_query_string, parse_url_encoded_form_data


def forget_parsed() -> None:
    """Forget it; as soon as a request is answered."""
    parse_cookie_string.cache_clear()
    parse_query_string.cache_clear()
    parse_url_encoded_form_data.cache_clear()
