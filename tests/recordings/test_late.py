"""What comes long after a recording is done with, or deleted, changes nothing about it."""

from tests.recordings.studio import Studio, Take, film, pieces


async def _half_that_nobody_ended(studio: Studio) -> tuple[Take, list[bytes]]:
    """Return a recording whose page was killed half way: it is ready, and its chunks are let go of after a day."""
    take, all_of_it = await studio.record(), pieces(film())
    for number, piece in enumerate(all_of_it[: len(all_of_it) // 2], start=1):
        assert (await take.send(number, piece)).status_code == 204
    studio.doors.clock.advance(seconds=46)
    assert await studio.settled(take) == "ready"
    studio.doors.clock.advance(days=1, minutes=1)
    await studio.finisher.clear()
    return take, all_of_it


async def test_a_browser_that_comes_back_after_days_spoils_nothing(studio: Studio) -> None:
    take, all_of_it = await _half_that_nobody_ended(studio)
    kept = await studio.bytes_of(take)
    await studio.end()
    late = len(all_of_it) // 2 + 1
    assert (await take.send(late, all_of_it[late - 1])).status_code == 409
    assert (await take.finish(len(all_of_it))).json()["state"] == "ready"
    studio.doors.clock.advance(minutes=1)
    await studio.finisher.finish()
    assert await take.state() == "ready"
    assert await studio.bytes_of(take) == kept


async def test_what_is_deleted_does_not_come_back_when_its_browser_ends_it(studio: Studio) -> None:
    take = await studio.record()
    chunks = await take.send_all(film())
    await studio.end()
    studio.doors.clock.advance(seconds=46)
    assert await studio.settled(take) == "ready"
    olga = await studio.doors.api(studio.doors.cast.olga)
    assert (await olga.delete(f"/api/v1/artefacts/{take.id}")).status_code == 204
    assert (await take.finish(chunks)).status_code == 404
    await studio.finisher.finish()
    await studio.finisher.clear()
    assert await take.state() == "deleted"
    assert (await olga.get(f"/api/v1/artefacts/{take.id}")).status_code == 404
    assert not studio.files()
