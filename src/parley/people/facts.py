"""What becomes true about accounts, users and groups."""

from parley.ground.facts import Fact
from parley.people.roles import Role


class AccountCreated(Fact, frozen=True, tag="account.created"):
    """An account was created; the subject is the account."""

    name: str


class AccountChanged(Fact, frozen=True, tag="account.changed"):
    """An account has another name; the subject is the account."""

    name: str


class LobbyChanged(Fact, frozen=True, tag="account.lobby_changed"):
    """Others wait before meetings of the account that say nothing else: `off`, `guests` or `everyone`."""

    lobby: str


class UserAdded(Fact, frozen=True, tag="user.added"):
    """Somebody was added to the account; the subject is the user."""

    email: str
    name: str
    role: Role


class UserChanged(Fact, frozen=True, tag="user.changed"):
    """A user was changed. `fields` names what is different now; the rest is how it stands after the change."""

    email: str
    name: str
    role: Role
    fields: tuple[str, ...]


class UserSuspended(Fact, frozen=True, tag="user.suspended"):
    """A user may not use Parley any more: every browser, token and socket of theirs is out at once."""


class UserReactivated(Fact, frozen=True, tag="user.reactivated"):
    """A suspended user may use Parley again."""


class UserDeleted(Fact, frozen=True, tag="user.deleted"):
    """A user is no more: out at once everywhere, in no group, without licence; their name stays in the record."""

    name: str


class LimitsChanged(Fact, frozen=True, tag="account.limits_changed"):
    """The limits of an account are others: how many licences of which product, and how many sessions at once."""

    products: dict[str, int]
    sessions_at_once: int | None


class AttendanceRulesChanged(Fact, frozen=True, tag="account.attendance_rules_changed"):
    """Attendance is judged by other rules: which share of a session is long enough, and after how long one is late."""

    long_enough_percent: int
    late_after_minutes: int


class LicenceChanged(Fact, frozen=True, tag="user.licence_changed"):
    """A user holds other products, or may host more or fewer people at once; the subject is the user."""

    products: tuple[str, ...]
    most_attendees: int | None


class GroupCreated(Fact, frozen=True, tag="group.created"):
    """A group was created, with these people in it (ids of users); the subject is the group."""

    name: str
    parent: int | None = None
    joined: tuple[int, ...] = ()


class GroupChanged(Fact, frozen=True, tag="group.changed"):
    """A group was renamed, described anew or made a part of another, or people joined or left it (ids of users)."""

    name: str
    parent: int | None = None
    joined: tuple[int, ...] = ()
    left: tuple[int, ...] = ()


class GroupManagersChanged(Fact, frozen=True, tag="group.managers_changed"):
    """Other people manage a group (ids of users): they see what those organize who are in it or in its parts."""

    name: str
    managers: tuple[int, ...]


class GroupDeleted(Fact, frozen=True, tag="group.deleted"):
    """A group was deleted; the people in it stay, and its `parts` are parts of its parent now, if it had one."""

    name: str
    parent: int | None = None
    parts: tuple[int, ...] = ()
