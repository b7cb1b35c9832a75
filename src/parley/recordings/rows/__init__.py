"""The tables of recordings and all SQL on them, one file per table."""
