"""What all pages share: the frame, who reads, forms, words about what was done, times and static files."""

from parley.web.shell.agenda import by_day
from parley.web.shell.flash import Note, Undo
from parley.web.shell.forgery import against_forgery
from parley.web.shell.forms import PASSWORD_RULE, Form, sought
from parley.web.shell.headers import security_headers
from parley.web.shell.once import left
from parley.web.shell.page import Page, go, inside, is_part
from parley.web.shell.reader import LANGUAGE_COOKIE, THEME_COOKIE, THEMES, Reader, language_of, reader_of
from parley.web.shell.templates import template_config
from parley.web.shell.trouble import fault_page

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
    "against_forgery",
    "by_day",
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
