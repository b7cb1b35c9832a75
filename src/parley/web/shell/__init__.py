"""What all pages share: the frame, who reads, forms, words about what was done, times and static files."""

from parley.web.shell.agenda import by_day
from parley.web.shell.csrf import csrf_protection
from parley.web.shell.error_page import fault_page
from parley.web.shell.flash import Note, Undo
from parley.web.shell.forms import PASSWORD_RULE, Form, sought
from parley.web.shell.headers import security_headers
from parley.web.shell.once import left
from parley.web.shell.page import Page, go, inside, is_part
from parley.web.shell.reader import LANGUAGE_COOKIE, THEME_COOKIE, THEMES, Reader, language_of, reader_of
from parley.web.shell.templates import template_config

__all__ = [
    "LANGUAGE_COOKIE",
    "PASSWORD_RULE",
    "THEMES",
    "THEME_COOKIE",
    "Form",
    "Note",
    "Page",
    "Reader",
    "Undo",
    "by_day",
    "csrf_protection",
    "fault_page",
    "go",
    "inside",
    "is_part",
    "language_of",
    "left",
    "reader_of",
    "security_headers",
    "sought",
    "template_config",
]
