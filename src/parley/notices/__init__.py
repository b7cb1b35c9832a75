"""Notices: invitations, changes, cancellations and reminders by mail, and the answers that come back."""

from parley.notices.answer_reader import AnswerReader
from parley.notices.compose import Desk
from parley.notices.exchange import Exchange, find_exchange
from parley.notices.facts import ReminderChanged
from parley.notices.mailbox import Mailbox
from parley.notices.notice_writer import NoticeWriter
from parley.notices.post import Post, Undelivered, post_of, write_again
from parley.notices.read_message import Answer, Returned, read_message
from parley.notices.reminder import Reminder, find_reminder, set_reminder

__all__ = [
    "Answer",
    "AnswerReader",
    "Desk",
    "Exchange",
    "Mailbox",
    "NoticeWriter",
    "Post",
    "Reminder",
    "ReminderChanged",
    "Returned",
    "Undelivered",
    "find_exchange",
    "find_reminder",
    "post_of",
    "read_message",
    "set_reminder",
    "write_again",
]
