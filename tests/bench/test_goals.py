"""What is to be reached, and whether it was."""

import pytest

from bench.goals import OURS, Goal, judge
from bench.rounds import Result, Sample

OURS_GET = Result(what="get", who=OURS, samples=(Sample(figure=400, beside={"p99/p50": 6}),))
PEER_GET = Result(what="get", who="peer", samples=(Sample(figure=100),))


@pytest.mark.parametrize(
    ("goal", "measured", "met"),
    [
        (Goal(what="get", against="peer", least=4), 4, True),
        (Goal(what="get", against="peer", least=5), 4, False),
        (Goal(what="get", against="peer", most=0.9), 4, False),
        (Goal(what="get", figure="p99/p50", most=5), 6, False),
        (Goal(what="get", most=400), 400, True),
    ],
)
def test_a_goal_is_held_against_what_was_measured(goal: Goal, measured: float, met: bool) -> None:  # noqa: FBT001
    (verdict,) = judge([goal], [OURS_GET, PEER_GET])
    assert (verdict.measured, verdict.met) == (measured, met)


def test_a_goal_for_which_nothing_was_measured_is_left_out() -> None:
    assert judge([Goal(what="list", most=1), Goal(what="get", against="nobody", most=1)], [OURS_GET]) == []


def test_a_goal_has_one_bound() -> None:
    with pytest.raises(ValueError, match="either a least or a most"):
        Goal(what="get")
    with pytest.raises(ValueError, match="either a least or a most"):
        Goal(what="get", least=1, most=2)
