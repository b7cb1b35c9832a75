"""Tests of parley.app."""
