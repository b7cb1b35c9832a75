"""Tests of parley.ground."""
