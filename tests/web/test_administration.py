"""Administration: users, groups, and everybody's tokens."""

import pytest

from parley import access
from parley.people import find_group, find_groups, find_user
from tests.doors import Doors
from tests.web.browser import Browser, browser_of

NORA = {
    "name": "Nora",
    "email": "nora@example.com",
    "role": "organizer",
    "locale": "de",
    "time_zone": "Oslo",
}


@pytest.fixture
async def ada(doors: Doors) -> Browser:
    return await browser_of(doors, doors.cast.ada)


async def test_somebody_is_added_with_a_link_to_pass_on(ada: Browser) -> None:
    page = (await ada.send("/administration/users/new", NORA)).goes_to or ""
    added = await ada.see(page)
    assert added.shows("Nora is added", "Pass this link on")
    assert "/reset/" in added.fields["link"]
    assert (await ada.see(page, status=303)).goes_to == page.removesuffix("/invited")
    assert (await ada.see("/administration/users?q=nor")).shows("Nora", "nora@example.com", "Organizer", "Oslo")
    assert (await ada.see("/administration/users?q=zebra")).shows("Nobody found")


async def test_an_address_that_is_taken_is_refused_with_what_was_typed(ada: Browser) -> None:
    taken = NORA | {"email": "olga@example.com"}
    refused = await ada.send("/administration/users/new", taken, status=422)
    assert refused.shows("E-mail: Somebody already uses this e-mail address.")
    assert refused.fields["name"] == "Nora"
    assert refused.fields["role"] == "organizer"


async def test_somebody_is_changed_by_the_version_that_was_shown(doors: Doors, ada: Browser) -> None:
    path = f"/administration/users/{doors.cast.olga.person}"
    shown = (await ada.see(path)).fields
    typed = {name: shown[name] for name in (*NORA, "version")} | {"role": "manager"}
    assert (await ada.send(path, typed)).goes_to == "/administration/users"
    stale = await ada.send(path, typed | {"name": "Olga O."}, status=412)
    assert stale.shows("Somebody changed this person")
    assert (stale.fields["name"], stale.fields["version"]) == ("Olga O.", "2")


async def test_the_last_administrator_stays_one(doors: Doors, ada: Browser) -> None:
    path = f"/administration/users/{doors.cast.ada.person}"
    shown = (await ada.see(path)).fields
    typed = {name: shown[name] for name in (*NORA, "version")} | {"role": "member"}
    assert (await ada.send(path, typed, status=422)).shows("Role: This is the last administrator")


@pytest.mark.parametrize("role", ["", "captain"])
async def test_no_role_is_not_a_role(doors: Doors, ada: Browser, role: str) -> None:
    path = f"/administration/users/{doors.cast.olga.person}"
    shown = (await ada.see(path)).fields
    typed = {name: shown[name] for name in (*NORA, "version")} | {"role": role}
    assert (await ada.send(path, typed, status=422)).shows("Role: Choose a role.")
    assert (await ada.see(path)).fields["role"] == "organizer"


async def test_suspending_is_undone_with_one_button(doors: Doors, ada: Browser) -> None:
    olga = await browser_of(doors, doors.cast.olga)
    path = f"/administration/users/{doors.cast.olga.person}"
    await ada.send(f"{path}/suspend")
    await olga.see("/", status=303)
    after = await ada.see("/administration/users")
    assert after.shows("Olga is suspended.", "Let in again", "Suspended")
    assert f"{path}/reactivate" in after.actions
    await ada.send(f"{path}/reactivate")
    assert (await ada.see("/administration/users")).shows("Olga may use Parley again.")


async def test_who_has_no_password_yet_is_invited_again(doors: Doors, ada: Browser) -> None:
    path = f"/administration/users/{doors.cast.olga.person}"
    assert (await ada.see(path)).shows("Invite again")
    assert (await ada.send(f"{path}/invite")).goes_to == f"{path}/invited"
    assert "/reset/" in (await ada.see(f"{path}/invited")).fields["link"]


async def test_who_forgot_their_password_gets_a_link_that_is_shown_once(doors: Doors, ada: Browser) -> None:
    path = f"/administration/users/{doors.cast.olga.person}"
    assert f"{path}/reset" not in (await ada.see(path)).actions
    refused = await ada.send(f"{path}/reset")
    assert (await ada.see(refused.goes_to or "")).shows("never had a password")
    user = await doors.store.read(find_user, doors.cast.olga.person or 0, by=doors.cast.ada)
    await access.set_password(doors.app.state.context, user, "correct horse battery", by=doors.cast.ada)
    assert f"{path}/reset" in (await ada.see(path)).actions
    assert (await ada.send(f"{path}/reset")).goes_to == f"{path}/reset"
    shown = await ada.see(f"{path}/reset")
    assert shown.shows("A new password for Olga", "within an hour")
    assert (await ada.see(f"{path}/reset", status=303)).goes_to == path
    anybody = await browser_of(doors)
    link = shown.fields["link"].removeprefix("http://localhost:8080")
    assert (await anybody.send(link, password="seven gulls above")).goes_to == "/"


async def test_the_bare_address_leads_to_the_first_page(ada: Browser) -> None:
    assert (await ada.see("/administration", status=303)).goes_to == "/administration/users"


async def test_a_group_is_made_changed_and_deleted(doors: Doors, ada: Browser) -> None:
    assert (await ada.see("/administration/groups")).shows("No groups yet")
    assert (await ada.see("/administration/groups/people?find=ol")).shows("Olga")
    await ada.send("/administration/groups/new", name="Sales", members=str(doors.cast.olga.person))
    listed = await ada.see("/administration/groups")
    assert listed.shows("Sales is saved.", "Sales 1")
    path = next(link for link in listed.links if link[-1].isdigit())
    typed = {"name": "Sales", "description": "Who sells", "members": str(doors.cast.max.person)}
    await ada.send(path, typed, version=(await ada.see(path)).fields["version"])
    changed = await ada.see(path)
    assert changed.shows("Max")
    assert changed.fields["description"] == "Who sells"
    assert (await ada.send(path, typed, status=412, version="1")).shows("Somebody changed this group")
    assert (await ada.send("/administration/groups/new", status=422, name="sales")).shows("of this name already")
    stale = await ada.send(f"{path}/delete", version="1")
    assert (await ada.see(stale.goes_to or "")).shows("Somebody changed this group in the meantime.")
    await ada.send(f"{path}/delete", version=(await ada.see(path)).fields["version"])
    assert (await ada.see("/administration/groups")).shows("The group is deleted.", "No groups yet")


async def test_everybodys_tokens_are_seen_and_revoked(doors: Doors, ada: Browser) -> None:
    olga = await browser_of(doors, doors.cast.olga)
    await olga.send("/me/tokens", name="Script", scopes="me", days="30")
    listed = await ada.see("/administration/tokens")
    assert listed.shows("Script", "Olga", "never")
    action = next(action for action in listed.actions if action.endswith("/revoke"))
    await ada.send(action)
    assert (await ada.see("/administration/tokens")).shows("The token is revoked.", "No tokens yet")


async def test_people_of_other_accounts_are_not_there(doors: Doors, ada: Browser) -> None:
    for path in ("", "/suspend", "/invite"):
        fields = {} if path else NORA | {"version": "1"}
        await ada.send(f"/administration/users/{doors.cast.zoe.person}{path}", fields, status=404)


async def test_who_was_typed_and_not_chosen_for_a_group_is_not_forgotten(ada: Browser) -> None:
    assert (await ada.send("/administration/groups/new", status=422, name="Sales", find="zebra")).shows("Nobody here")
    await ada.send("/administration/groups/new", name="Sales", find="olga")
    assert (await ada.see("/administration/groups")).shows("Sales 1")


async def test_the_organization_is_shown_and_renamed_for_everybody_at_once(doors: Doors, ada: Browser) -> None:
    mia = await browser_of(doors, doors.cast.mia)
    assert (await mia.see("/")).shows("Northwind")
    assert (await ada.see("/administration/account")).fields["account"] == "Northwind"
    assert (await ada.send("/administration/account", status=422, account=" ")).shows("Please fill this in.")
    await ada.send("/administration/account", account="Harbor")
    assert (await ada.see("/administration/account")).shows("Saved.")
    assert (await mia.see("/me")).shows("Member · Harbor")
    await mia.see("/administration/account", status=403)


async def test_a_group_is_a_part_of_another(ada: Browser) -> None:
    await ada.send("/administration/groups/new", {"name": "Company"})
    company = next(link for link in (await ada.see("/administration/groups")).links if link[-1].isdigit())
    await ada.send("/administration/groups/new", {"name": "Sales", "parent": company.rpartition("/")[2]})
    page = await ada.see("/administration/groups")
    assert page.shows("Sales part of Company")
    sales = next(link for link in page.links if link[-1].isdigit() and link != company)
    again = {"name": "Company", "parent": sales.rpartition("/")[2], "version": "1"}
    assert (await ada.send(company, again, status=422)).shows("it would be a part of itself")
    again["parent"] = "nonsense"
    assert (await ada.send(company, again, status=422)).shows("There is no such group.")


async def test_a_group_has_managers(doors: Doors) -> None:
    ada = await browser_of(doors, doors.cast.ada)
    assert (await ada.see("/administration/groups/new")).shows(
        "Managers", "They see what the people of this group", "Max"
    )
    typed = {"name": "Sales", "description": "", "managers": str(doors.cast.max.person)}
    await ada.send("/administration/groups/new", typed)
    (group,) = (await doors.store.read(find_groups, by=doors.cast.ada)).items
    assert group.managers == (doors.cast.max.person,)
    shown = await ada.see(f"/administration/groups/{group.id}")
    assert shown.fields["managers"] == str(doors.cast.max.person)
    refused = {**typed, "version": str(group.version), "managers": str(doors.cast.olga.person)}
    page = await ada.send(f"/administration/groups/{group.id}", refused, status=422)
    assert page.shows("Only managers can manage a group; another role have: Olga.")
    await ada.send(f"/administration/groups/{group.id}", {"name": "Sales", "version": str(group.version)})
    assert (await doors.store.read(find_group, group.id, by=doors.cast.ada)).managers == ()


async def test_the_rules_on_attendance_are_set(doors: Doors) -> None:
    ada = await browser_of(doors, doors.cast.ada)
    page = await ada.see("/administration/attendance")
    assert (page.fields["long_enough_percent"], page.fields["late_after_minutes"]) == ("80", "5")
    wrong = {"long_enough_percent": "most", "late_after_minutes": "5"}
    assert (await ada.send("/administration/attendance", wrong, status=422)).shows("Write a number.")
    await ada.send("/administration/attendance", {"long_enough_percent": "75", "late_after_minutes": "10"})
    assert (await ada.see("/administration/attendance")).fields["long_enough_percent"] == "75"
