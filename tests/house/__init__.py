"""The house itself: its rules, held by machine."""
