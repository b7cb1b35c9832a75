"""The tables of the seats that an account has of each product, and of who holds one."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from parley.ground.db import Id, metadata

seats_held = Table(
    "seats_held",
    metadata,
    Column("account", Id, ForeignKey("accounts.id"), primary_key=True, autoincrement=False, comment="The account"),
    Column("product", Text, primary_key=True, comment="meeting, webinar, training or support"),
    Column("seats", Integer, nullable=False, comment="How many people may hold the product"),
    comment="How many people of an account may hold a product; without a row, everybody may use it",
)

licences = Table(
    "licences",
    metadata,
    Column("person", Id, ForeignKey("users.id"), primary_key=True, autoincrement=False, comment="The user"),
    Column("product", Text, primary_key=True, comment="meeting, webinar, training or support"),
    Column("account", Id, ForeignKey("accounts.id"), nullable=False, comment="The account of the user"),
    Index("ix_licences_account_product", "account", "product"),
    comment="Who holds which product: each row takes one of the account's seats",
)
