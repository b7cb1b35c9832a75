"""The table of reports, and what they read of the record."""
