"""Tests of parley.settings."""
