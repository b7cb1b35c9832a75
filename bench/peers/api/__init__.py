"""Three usual ways to serve meetings from SQLite: no token, no rights, no facts, no durable commit; the bare query."""
