"""The tests: one package per package of src/parley, and beside them house (Parley's own rules) and browser."""
