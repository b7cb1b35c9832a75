"""Mechanisms without a product noun: database doors, clock, ids, facts, faults, secrets, storage, mail, logs."""
