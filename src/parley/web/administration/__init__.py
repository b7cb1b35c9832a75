"""Administration: users, groups, API tokens."""

from parley.web.administration import groups, tokens, users

routes = [*users.routes, *groups.routes, *tokens.routes]

__all__ = ["routes"]
