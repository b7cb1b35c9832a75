"""A recording reaches the server chunk by chunk, and is whole, verified and playable afterwards, whatever happens."""

from tests.recordings.studio import Studio, film, pieces, played


async def test_what_is_recorded_is_put_together_and_plays(studio: Studio) -> None:
    take = await studio.record()
    chunks = await take.send_all(film())
    assert await take.state() == "recording"
    assert (await take.finish(chunks)).json()["state"] == "verifying"
    assert await studio.settled(take) == "ready"
    content = await studio.bytes_of(take)
    assert float(played(content, "-show_entries", "format=duration")) >= 1.9
    assert sorted(played(content, "-show_entries", "stream=codec_name").split()) == ["opus", "vp8"]


async def test_a_recording_whose_page_was_killed_is_whole_up_to_the_last_chunk(studio: Studio) -> None:
    take = await studio.record()
    half = pieces(film())[: len(pieces(film())) // 2]
    for number, piece in enumerate(half, start=1):
        await take.send(number, piece)
    studio.doors.clock.advance(seconds=46)
    assert await studio.settled(take) == "ready"
    assert float(played(await studio.bytes_of(take), "-show_entries", "format=duration")) > 0.4
