"""Administration: users, groups, API tokens, the account itself."""

from parley.web.administration import account, entry, groups, passwords, tokens, users

routes = [*entry.routes, *users.routes, *passwords.routes, *groups.routes, *tokens.routes, *account.routes]

__all__ = ["routes"]
