"""Accounts, users, groups, and what each role may do."""

from parley.people.account import Account
from parley.people.add_user import add_user
from parley.people.attendance_rules import (
    AttendanceRules,
    AttendanceRulesChange,
    check_share,
    find_attendance_rules,
    set_attendance_rules,
)
from parley.people.caller import Caller, operator
from parley.people.change_group import change_group
from parley.people.change_user import change_user
from parley.people.create_account import create_account
from parley.people.create_group import create_group
from parley.people.declare import DECLARED, OPEN, PUBLIC, needs
from parley.people.delete_group import delete_group
from parley.people.delete_user import delete_user
from parley.people.facts import AccountChanged, UserChanged, UserDeleted, UserReactivated, UserSuspended
from parley.people.fields import blank_errors, email_address, folded, is_zone, one_line, pattern_of, refuse
from parley.people.find_accounts import account_named, any_account, find_account, find_accounts
from parley.people.find_groups import find_group, find_groups, groups_named, possible_parents
from parley.people.find_limits import Unlicensed, find_limits, limits_of, need_product
from parley.people.find_users import (
    caller_of,
    find_user,
    find_users,
    people_of_group,
    user_by_email,
    users_named,
    users_with_emails,
)
from parley.people.group import Group, GroupChange
from parley.people.licence import PRODUCT_NAMES, Limits, LimitsChange, Product, ProductLimit
from parley.people.lobby import LOBBY_NAMES, Lobby
from parley.people.rename_account import rename_account
from parley.people.roles import OVERSEERS, RIGHTS, ROLE_NAMES, SCOPES, Role
from parley.people.rows.managers import groups_managed, managed_among, people_in_groups, people_managed_by
from parley.people.set_limits import set_limits
from parley.people.set_lobby import set_lobby
from parley.people.set_managers import set_managers
from parley.people.set_members import set_members
from parley.people.suspend_user import reactivate_user, suspend_user
from parley.people.user import NewUser, Status, User, UserChange

__all__ = [
    "DECLARED",
    "LOBBY_NAMES",
    "OPEN",
    "OVERSEERS",
    "PRODUCT_NAMES",
    "PUBLIC",
    "RIGHTS",
    "ROLE_NAMES",
    "SCOPES",
    "Account",
    "AccountChanged",
    "AttendanceRules",
    "AttendanceRulesChange",
    "Caller",
    "Group",
    "GroupChange",
    "Limits",
    "LimitsChange",
    "Lobby",
    "NewUser",
    "Product",
    "ProductLimit",
    "Role",
    "Status",
    "Unlicensed",
    "User",
    "UserChange",
    "UserChanged",
    "UserDeleted",
    "UserReactivated",
    "UserSuspended",
    "account_named",
    "add_user",
    "any_account",
    "blank_errors",
    "caller_of",
    "change_group",
    "change_user",
    "check_share",
    "create_account",
    "create_group",
    "delete_group",
    "delete_user",
    "email_address",
    "find_account",
    "find_accounts",
    "find_attendance_rules",
    "find_group",
    "find_groups",
    "find_limits",
    "find_user",
    "find_users",
    "folded",
    "groups_managed",
    "groups_named",
    "is_zone",
    "limits_of",
    "managed_among",
    "need_product",
    "needs",
    "one_line",
    "operator",
    "pattern_of",
    "people_in_groups",
    "people_managed_by",
    "people_of_group",
    "possible_parents",
    "reactivate_user",
    "refuse",
    "rename_account",
    "set_attendance_rules",
    "set_limits",
    "set_lobby",
    "set_managers",
    "set_members",
    "suspend_user",
    "user_by_email",
    "users_named",
    "users_with_emails",
]
