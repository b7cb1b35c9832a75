"""The tables of meetings and all SQL on them: one meeting, and lists of them."""
