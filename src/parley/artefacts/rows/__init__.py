"""The tables of artefacts and all SQL on them, one file per table."""
