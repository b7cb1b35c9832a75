"""Turns, medians and ratios."""

from bench.rounds import Result, Sample, Task, alternate


def _result(*figures: float, who: str = "Parley") -> Result:
    return Result(what="get", who=who, samples=tuple(Sample(figure=figure) for figure in figures))


def test_everybody_has_a_turn_in_each_round_forwards_and_backwards() -> None:
    turns: list[str] = []
    begun: list[int] = []

    def measuring(who: str) -> Task:
        def measure() -> Sample:
            turns.append(who)
            return Sample(figure=len(turns))

        return Task(what="get", who=who, measure=measure)

    results = alternate([measuring("a"), measuring("b")], rounds=3, begun=lambda over, _: begun.append(over))
    assert turns == ["a", "b", "b", "a", "a", "b"]
    assert begun == [0, 1, 2, 3, 4, 5]
    assert {result.who: result.figures for result in results} == {"a": [1, 4, 5], "b": [2, 3, 6]}


def test_the_median_does_not_heed_a_turn_that_went_wrong() -> None:
    assert _result(10, 11, 900).median == 11


def test_a_ratio_is_taken_within_each_round() -> None:
    busy_in_the_second_round = _result(400, 40, 420)
    peer = _result(100, 10, 100, who="peer")
    assert busy_in_the_second_round.ratio_to(peer) == 4


def test_what_stands_beside_has_a_median_too() -> None:
    samples = tuple(Sample(figure=1, beside={"CPU µs": used}) for used in (5, 9, 7))
    assert Result(what="get", who="Parley", samples=samples).beside() == {"CPU µs": 7}
