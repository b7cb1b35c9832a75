"""Load: prepared requests, sent over and over on many connections by wrk or, where it is missing, by our own client."""

from bench.load.generator import Generator, Traffic, generator
from bench.load.request import Request, file_of

__all__ = ["Generator", "Request", "Traffic", "file_of", "generator"]
