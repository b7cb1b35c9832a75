"""Administration: users, groups, licences, API tokens, mail, the account itself."""

from parley.web.administration import (
    account,
    attendance,
    entry,
    groups,
    licences,
    mail,
    parting,
    passwords,
    tokens,
    users,
)

routes = [
    *entry.routes,
    *users.routes,
    *parting.routes,
    *passwords.routes,
    *groups.routes,
    *licences.routes,
    *attendance.routes,
    *tokens.routes,
    *mail.routes,
    *account.routes,
]

__all__ = ["routes"]
