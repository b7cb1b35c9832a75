"""Administration: users, groups, API tokens, the account itself."""

from parley.web.administration import account, groups, passwords, tokens, users

routes = [*users.routes, *passwords.routes, *groups.routes, *tokens.routes, *account.routes]

__all__ = ["routes"]
