"""Tests of parley.demo."""
