"""A bare call: a page and forty lines of signalling. No names, no rights, no record, no repair; it shows the floor."""
