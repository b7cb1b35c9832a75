"""The tables of the record and all SQL on them, one file per table."""
