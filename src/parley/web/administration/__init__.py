"""Administration: users, groups, licences, API tokens, the account itself."""

from parley.web.administration import account, entry, groups, licences, parting, passwords, tokens, users

routes = [
    *entry.routes,
    *users.routes,
    *parting.routes,
    *passwords.routes,
    *groups.routes,
    *licences.routes,
    *tokens.routes,
    *account.routes,
]

__all__ = ["routes"]
