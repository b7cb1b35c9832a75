"""Administration: users, groups, API tokens, the account itself."""

from parley.web.administration import account, groups, tokens, users

routes = [*users.routes, *groups.routes, *tokens.routes, *account.routes]

__all__ = ["routes"]
