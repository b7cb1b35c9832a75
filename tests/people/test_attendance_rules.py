"""The rules on attendance: what is long enough, what is late, and who says so."""

import pytest

from parley.ground.db import Store
from parley.ground.facts import after, end
from parley.ground.faults import Forbidden, Invalid
from parley.people import AttendanceRules, AttendanceRulesChange, find_attendance_rules, set_attendance_rules
from tests.cast import cast_of
from tests.people.staff import NOW


async def test_an_administrator_sets_the_rules_and_that_is_told(store: Store) -> None:
    cast = await cast_of(store, now=NOW)
    usual = AttendanceRules(long_enough_percent=80, late_after_minutes=5)
    assert await store.read(find_attendance_rules, by=cast.mia) == usual
    cursor = await store.read(end)
    change = AttendanceRulesChange(late_after_minutes=10)
    for _ in range(2):
        set_ = await store.write(set_attendance_rules, change, by=cast.ada, now=NOW)
        assert set_ == AttendanceRules(long_enough_percent=80, late_after_minutes=10)
    (fact,) = (await store.read(after, cursor)).facts
    assert fact.type == "account.attendance_rules_changed"
    assert fact.data == {"long_enough_percent": 80, "late_after_minutes": 10}
    assert await store.read(find_attendance_rules, by=cast.zoe) == usual


async def test_every_number_that_is_no_rule_is_refused(store: Store) -> None:
    cast = await cast_of(store, now=NOW)
    wrong = AttendanceRulesChange(long_enough_percent=101, late_after_minutes=-1)
    with pytest.raises(Invalid) as refusal:
        await store.write(set_attendance_rules, wrong, by=cast.ada, now=NOW)
    assert [error.field for error in refusal.value.errors] == ["long_enough_percent", "late_after_minutes"]
    with pytest.raises(Forbidden):
        await store.write(set_attendance_rules, AttendanceRulesChange(), by=cast.max, now=NOW)
