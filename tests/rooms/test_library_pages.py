"""The pages of the library and playlists over real HTTP: who may do what, by which verb, and what is refused."""

import json
import re
from urllib.parse import quote, urlencode, urlsplit

import pytest

from tests.people import Person

LINK = "https://media.example/A_film.mp4"
JSON = {"Accept": "application/json"}
PLAYLIST_ACTS = ("edit", "add", "move", "remove", "restore", "duplicate", "delete", "undelete", "share", "start")


def make(person: Person, name: str = "Evenings", links: str = f"{LINK}\nhttps://media.example/B.mp4") -> str:
    made = person.post("/playlists/new/", name=name, links=links)
    assert made.status == 302, made.text
    return made.headers["Location"]


def share(person: Person, playlist: str) -> str:
    person.post(f"{playlist}share/", on="1")
    return urlsplit(re.search(r'id="share-link"[^>]*value="([^"]+)"', person.get(playlist).text)[1]).path


def titles(page: str) -> list[str]:
    return re.findall(r'data-part="title">([^<]+)<', page.split("<template")[0])


@pytest.fixture
def playlist(owner) -> str:
    return make(owner)


@pytest.mark.parametrize("who", ["owner", "guest", "stranger"])
@pytest.mark.parametrize(
    "path", ["/library/liked/", "/library/later/", "/library/history/", "/library/rooms/", "/playlists/"]
)
def test_everybody_has_a_library_of_their_own(request, owner, playlist, who, path):
    room = owner.add("https://media.example/Mine_alone.mp4")
    owner.post("/library/save/", link="https://media.example/Mine_alone.mp4", where="liked")
    owner.post("/library/save/", link="https://media.example/Mine_alone.mp4", where="later")
    page = request.getfixturevalue(who).get(path)
    assert page.status == 200
    assert ("Mine alone" in page.text or "Evenings" in page.text) is (who == "owner" and path != "/library/history/")
    assert room.id


@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("guest", 404), ("stranger", 404)])
@pytest.mark.parametrize("part", ["", "export.json", "export.m3u8", "export.txt"])
def test_who_may_open_a_playlist(request, playlist, who, status, part):
    assert request.getfixturevalue(who).get(f"{playlist}{part}").status == status


@pytest.mark.parametrize("who", ["guest", "stranger"])
@pytest.mark.parametrize("act", PLAYLIST_ACTS)
def test_a_playlist_is_changed_by_its_owner_alone_and_never_by_a_look(request, owner, playlist, who, act):
    person = request.getfixturevalue(who)
    before = titles(owner.get(playlist).text)
    assert owner.get(f"{playlist}{act}/").status == person.get(f"{playlist}{act}/").status == 405
    assert person.post(f"{playlist}{act}/", name="x", links=LINK, item="1", up="2", on="1").status == 404
    assert titles(owner.get(playlist).text) == before


def test_a_stranger_sees_the_same_for_a_playlist_as_for_none(playlist, stranger):
    theirs, none = stranger.get(playlist), stranger.get("/playlist/00000000/")
    assert theirs.status == none.status == 404
    assert re.sub(r'value="\w{64}"', "", theirs.text) == re.sub(r'value="\w{64}"', "", none.text)


CHANGES = [
    "/library/save/",
    "/library/again/",
    "/library/drop/",
    "/library/history/clear/",
    "/library/history/switch/",
    "/playlists/new/",
    *(f"/playlist/00000000/{act}/" for act in PLAYLIST_ACTS),
    "/shared/AAAAAAAAAAAAAAAAAAAAAA/copy/",
    "/shared/AAAAAAAAAAAAAAAAAAAAAA/start/",
]


@pytest.mark.parametrize("path", CHANGES)
def test_nothing_changes_without_a_token_of_the_form_or_by_a_look(stranger, path):
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert stranger._request("POST", path, f"link={LINK}&where=liked", headers).status == 403
    assert stranger.get(path).status == 405


@pytest.mark.parametrize("path", ["/library/liked/", "/playlists/", "/library/places/?link=x"])
def test_who_has_no_account_gets_none_by_a_script(live, path):
    assert Person(live.url).get(path, **JSON).status == 403


def test_a_video_is_saved_listed_found_and_taken_off(owner):
    owner.post("/library/save/", link=LINK, title="Ünïque <b>", duration="61.5", where="later")
    page = owner.get("/library/later/?q=unique&source=file&sort=title")
    assert "Ünïque &lt;b&gt;" in page.text
    assert "1:01" in page.text
    assert "Nothing here matches" in owner.get("/library/later/?source=youtube").text
    places = json.loads(owner.get(f"/library/places/?link={quote(LINK)}", **JSON).text)
    assert (places["liked"], places["later"], places["playlists"]) == (False, True, [])
    owner.post("/library/save/", link=LINK, where="later", on="0")
    assert "Nothing to watch later yet" in owner.get("/library/later/").text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"link": "hello", "where": "liked"}, "not a link"),
        ({"link": LINK, "where": "elsewhere"}, "Choose where to keep it"),
        ({"link": LINK, "where": "history"}, "Choose where to keep it"),
        ({"where": "liked"}, "Paste a link"),
    ],
)
def test_what_cannot_be_saved_says_what_to_do(owner, fields, said):
    refused = owner.post("/library/save/", **fields)
    assert refused.status == 422
    assert said in refused.text


def test_a_video_is_added_to_a_playlist_from_anywhere(owner, stranger, playlist):
    where = f"playlist:{playlist.split('/')[2]}"
    assert owner.post("/library/save/", link="https://youtu.be/dQw4w9WgXcQ", title="Tube", where=where).status == 302
    assert titles(owner.get(playlist).text) == ["A film", "B", "Tube"]
    assert stranger.post("/library/save/", link=LINK, where=where).status == 404


def test_forms_go_on_to_this_site_alone(owner):
    there = owner.post("/library/save/", link=LINK, where="liked", next="/library/later/?page=2")
    away = owner.post("/library/save/", link=LINK, where="liked", next="//evil.example/")
    assert (there.headers["Location"], away.headers["Location"]) == ("/library/later/?page=2", "/library/liked/")


def test_a_room_starts_from_a_saved_video_and_from_a_playlist(owner, playlist):
    made = owner.post("/library/again/", link=f"{LINK}#t=90", title="My title")
    assert "My title" in owner.get(made.headers["Location"]).text
    room = owner.post(f"{playlist}start/").headers["Location"]
    assert "/watch/" in room
    assert "A film" in owner.get(room).text


def test_an_empty_playlist_starts_no_room(owner):
    refused = owner.post(f"{make(owner, links='')}start/")
    assert refused.status == 422
    assert "Add one first" in refused.text


def test_without_a_script_lines_are_added_moved_removed_and_put_back(owner, playlist):
    page = owner.post(f"{playlist}add/", links="hello\nhttps://media.example/C.mp4")
    assert "1 video added" in page.text
    assert "<b>Line 1</b>" in page.text
    owner.post(f"{playlist}move/", up="3")
    assert titles(owner.get(playlist).text) == ["A film", "C", "B"]
    there = owner.post(f"{playlist}remove/", item="1").headers["Location"]
    assert "The video was removed" in owner.get(there).text
    owner.post(f"{playlist}restore/", item="1")
    assert titles(owner.get(playlist).text) == ["A film", "C", "B"]


def test_without_a_script_what_was_added_is_not_added_again_by_a_reload(owner, playlist):
    there = owner.post(f"{playlist}add/", links="https://media.example/C.mp4").headers["Location"]
    for _ in range(2):
        page = owner.get(there).text
        assert "1 video added" in page
        assert titles(page) == ["A film", "B", "C"]
    for odd in ("-1", "1000", "x", "٣"):
        assert "added." not in owner.get(f"{playlist}?{urlencode({'added': odd})}").text


def test_a_playlist_is_renamed_described_duplicated_deleted_and_put_back(owner, playlist):
    owner.post(f"{playlist}edit/", name="Nights", about="All <i>night</i>")
    assert "All &lt;i&gt;night&lt;/i&gt;" in owner.get(playlist).text
    assert owner.post(f"{playlist}edit/", name=" ").status == 422
    copy = owner.post(f"{playlist}duplicate/").headers["Location"]
    assert "Nights (copy)" in owner.get(copy).text
    there = owner.post(f"{playlist}delete/").headers["Location"]
    assert owner.get(playlist).status == 404
    assert f"{playlist}undelete/" in owner.get(there).text
    assert owner.post(f"{playlist}undelete/").status == 302
    assert titles(owner.get(playlist).text) == ["A film", "B"]


@pytest.mark.parametrize("ending", ["json", "m3u8", "txt"])
def test_what_is_exported_comes_back_by_importing(owner, ending):
    playlist = make(
        owner, "Ünï / “x”", f"{LINK}#t=30\nhttps://youtu.be/dQw4w9WgXcQ?t=5\nhttps://media.example/%C3%A9.webm"
    )
    file = owner.get(f"{playlist}export.{ending}")
    assert "attachment" in file.headers["Content-Disposition"]
    back = make(owner, "", file.text)
    assert titles(owner.get(back).text) == titles(owner.get(playlist).text)
    assert owner.get(f"{back}export.txt").text == owner.get(f"{playlist}export.txt").text


def test_a_long_playlist_is_paged_and_a_script_gets_the_rest(owner):
    playlist = make(owner, links="\n".join(f"https://media.example/V{number}.mp4" for number in range(130)))
    assert len(titles(owner.get(playlist).text)) == 40
    assert titles(owner.get(f"{playlist}?page=2").text)[0] == "V40"
    rest = json.loads(owner.get(playlist, **JSON).text)["items"]
    assert [rest[0]["title"], rest[0]["place"], len(rest)] == ["V40", "41", 90]


@pytest.mark.parametrize("who", ["guest", "stranger"])
def test_a_shared_link_opens_for_reading_and_copying_and_dies_when_it_is_switched_off(request, owner, playlist, who):
    person, shared = request.getfixturevalue(who), share(owner, playlist)
    page = person.get(shared)
    assert page.status == 200
    assert "A film" in page.text
    assert "/remove/" not in page.text
    copy = person.post(f"{shared}copy/").headers["Location"]
    assert titles(person.get(copy).text) == ["A film", "B"]
    assert "/watch/" in person.post(f"{shared}start/").headers["Location"]
    owner.post(f"{playlist}share/", on="0")
    assert person.get(shared).status == person.post(f"{shared}copy/").status == 404
    assert person.get(copy).status == 200


def test_guesses_at_shared_links_are_stopped_and_real_ones_still_open(live, owner, playlist):
    shared = share(owner, playlist)
    person = Person(live.url, address="127.0.0.79")
    statuses = [person.get(f"/shared/{number:022}/").status for number in range(22)]
    assert statuses == [404] * 20 + [429] * 2
    assert person.get(shared).status == 200


def test_a_history_is_switched_off_and_on(owner):
    owner.post("/library/history/switch/", on="0")
    assert "switched off" in owner.get("/library/history/").text
    owner.post("/library/history/switch/", on="1")
    assert "switched off" not in owner.get("/library/history/").text


def test_a_page_that_is_not_there_leads_to_the_first(owner):
    owner.post("/library/save/", link=LINK, where="liked")
    assert "There is no page 7" in owner.get("/library/liked/?page=7").text
    assert owner.get("/library/").headers["Location"] == "/library/liked/"


def test_a_deleted_room_leads_back_to_the_list_it_was_deleted_from(owner):
    room = owner.add()
    assert room.watch in owner.get("/library/rooms/").text
    assert owner.post(f"{room.watch}delete/", next="/library/rooms/").headers["Location"] == "/library/rooms/"
