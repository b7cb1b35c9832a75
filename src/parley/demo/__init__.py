"""The demonstration: an account full of believable people and a year of their meetings, for every page to show."""

from parley.demo.cast import ACCOUNT
from parley.demo.furnish import SignIn, furnish

__all__ = ["ACCOUNT", "SignIn", "furnish"]
