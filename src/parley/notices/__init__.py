"""Notices: invitations, changes, cancellations and reminders by mail, and the answers that come back."""

from parley.notices.compose import Desk
from parley.notices.notice_writer import NoticeWriter

__all__ = ["Desk", "NoticeWriter"]
