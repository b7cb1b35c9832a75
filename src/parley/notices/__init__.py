"""Notices: invitations, changes, cancellations and reminders by mail, and the answers that come back."""

from parley.notices.answer_reader import AnswerReader
from parley.notices.compose import Desk
from parley.notices.mailbox import Mailbox
from parley.notices.notice_writer import NoticeWriter
from parley.notices.read_message import Answer, Returned, read_message

__all__ = ["Answer", "AnswerReader", "Desk", "Mailbox", "NoticeWriter", "Returned", "read_message"]
