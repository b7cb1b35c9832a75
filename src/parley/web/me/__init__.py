"""What is the reader's own: profile, password, browsers, tokens."""

from parley.web.me import profile, security, tokens

routes = [*profile.routes, *security.routes, *tokens.routes]

__all__ = ["routes"]
