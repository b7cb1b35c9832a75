"""The tables of accounts, users, groups and licences, and all SQL on them."""
