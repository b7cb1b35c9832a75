"""What becomes true about notices."""

from parley.ground.facts import Fact


class ReminderChanged(Fact, frozen=True, tag="account.reminder_changed"):
    """An account chose how many minutes before the start the invited are reminded; empty is never."""

    minutes_before: int | None
