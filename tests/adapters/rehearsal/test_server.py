"""The page's server: who may talk to it, and what each view is sent."""

from pathlib import Path

import pytest

from adapters.rehearsal import RoomProblem, serve
from tests.adapters.rehearsal.conftest import Served, serving
from tests.adapters.rehearsal.small_core import COMMANDS, Builder

pytestmark = pytest.mark.asyncio


async def test_the_page_and_its_files_come_from_here_with_a_strict_policy(served: Served) -> None:
    for path in ("/", "/room.css", "/room.js", "/message.js", "/composer.js", "/form.js", "/sidebar.js"):
        async with served.http.get(served.url(path)) as response:
            assert response.status == 200
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]
            assert "http://" not in (await response.text()).replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "rehearsal.example.org"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1.example.org"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_a_foreign_host_or_origin_is_refused(served: Served, headers: dict[str, str]) -> None:
    values = {"who": "p1", "place": "general", "text": "/rules"}
    async with served.http.post(served.url("/api/say"), json=values, headers=headers) as response:
        assert response.status == 403
    async with served.http.get(served.url("/api/view"), headers=headers) as response:
        assert response.status == 403
    assert (await served.look("p1"))["messages"][-1]["bot"]


async def test_the_own_origin_is_welcome_by_address_and_by_name(served: Served) -> None:
    for name in ("127.0.0.1", "localhost"):
        headers = {"Host": f"{name}:{served.port}", "Origin": f"http://{name}:{served.port}"}
        url = served.url("/api/leave")
        async with served.http.post(url, json={"who": "p4"}, headers=headers) as response:
            assert response.status == 200


async def test_a_private_answer_is_never_sent_to_another_view(served: Served) -> None:
    await served.act("say", who="p1", place="general", text="/rules")
    assert "Be kind." in str(await served.look("p1"))
    others = [await served.look(who, place) for who in ("p2", "p3") for place in ("general", "direct")]
    assert "Be kind." not in str(others)
    assert "/rules" not in str([view["messages"] for view in others])


async def test_a_view_learns_of_each_change_at_once(served: Served) -> None:
    async with served.http.ws_connect(served.url("/api/view")) as socket:
        assert [one["name"] for one in (await socket.receive_json())["commands"]][:2] == ["rules", "signpost"]
        await socket.send_json({"who": "p2", "place": "general"})
        await socket.receive_json(timeout=5)
        await served.act("say", who="p1", place="general", text="Hello")
        while "Hello" not in str(await socket.receive_json(timeout=5)):
            pass


async def test_one_person_cannot_press_a_button_on_the_private_answer_of_another(served: Served) -> None:
    await served.act("say", who="p3", place="general", text="/desk")
    message = (await served.look("p3"))["messages"][-1]
    status, answer = await served.act("press", who="p1", message=message["id"], payload="1-ask")
    assert (status, "not there" in answer["problem"]) == (409, True)
    assert (await served.act("press", who="p3", message=message["id"], payload="1-ask"))[0] == 200


async def test_nobody_writes_in_the_private_chat_of_another(served: Served) -> None:
    assert (await served.act("say", who="p1", place="direct-p2", text="hello"))[0] == 409
    view = await served.look("p1", "direct-p2")
    assert view["place"] == "general"


async def test_somebody_outside_is_sent_nothing_of_the_group(served: Served) -> None:
    view = await served.look("p4")
    assert (view["readable"], view["messages"]) == (False, [])
    assert [place["key"] for place in view["places"]] == ["direct"]
    await served.act("join", who="p4")
    assert (await served.look("p4", "welcome"))["readable"]


async def test_unread_marks_go_when_the_place_is_looked_at(served: Served) -> None:
    async def unread() -> int:
        places = {place["key"]: place["unread"] for place in (await served.look("p1"))["places"]}
        return int(places["rules"])

    await served.act("say", who="p2", place="rules", text="One")
    await served.act("say", who="p2", place="rules", text="Two")
    assert await unread() == 2
    await served.look("p1", "rules")
    assert await unread() == 0


async def test_a_thread_is_started_with_its_first_message(served: Served) -> None:
    _, made = await served.act("thread", who="p1", title="Nights", text="How do you sleep?")
    view = await served.look("p2", made["place"])
    assert view["messages"][0]["body"] == [{"spans": [{"text": "How do you sleep?"}]}]


async def test_suggestions_for_a_command_come_from_the_bot(served: Served) -> None:
    _, answer = await served.act("choices", who="p1", place="general", text="/signpost hyp")
    assert answer["choices"] == [["hypos", "Hypos"]]


async def test_time_moves_forward_and_the_view_says_what_is_due_next(served: Served) -> None:
    await served.act("say", who="p3", place="general", text="/desk")
    message = (await served.look("p3"))["messages"][-1]
    await served.act("press", who="p3", message=message["id"], payload="1-ask")
    assert (await served.look("p3"))["due"]
    for step in ("hour", "day", "next"):
        assert (await served.act("time", to=step))[0] == 200
    view = await served.look("p3")
    assert view["due"] is None
    assert "The vote is over." in str(view["messages"][-1])


@pytest.mark.parametrize(
    ("act", "values"),
    [
        ("say", {}),
        ("say", {"who": 1, "place": [], "text": None}),
        ("time", {"to": "yesterday"}),
        ("nothing", {"who": "p1"}),
        ("say", {"who": "p99", "place": "general", "text": "x"}),
        ("say", {"who": "p1", "place": "nowhere", "text": "x"}),
        ("person", {"name": "Asha", "moderator": False}),
        ("press", {"who": "p1", "message": 9999, "payload": "1-ask"}),
    ],
)
async def test_a_request_that_makes_no_sense_gets_a_sentence(
    served: Served, act: str, values: dict[str, object]
) -> None:
    status, answer = await served.act(act, **values)
    assert status == 409
    assert answer["problem"].endswith(".")


async def test_a_body_that_is_not_json_gets_a_sentence(served: Served) -> None:
    async with served.http.post(served.url("/api/say"), data=b"\xff{") as response:
        assert (response.status, "reload" in await response.text()) == (400, True)


async def test_a_fault_in_the_bot_is_said_kindly_and_the_room_goes_on(served: Served) -> None:
    status, answer = await served.act("say", who="p1", place="general", text="/break")
    assert (status, "terminal" in answer["problem"]) == (500, True)
    assert (await served.act("say", who="p1", place="general", text="/rules"))[0] == 200


async def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    builder = Builder()
    async with serving(tmp_path, builder) as served:
        await served.act("say", who="p1", place="general", text="Still here?")
        await served.act("time", to="day")
        before = await served.look("p1")
    async with serving(tmp_path, builder) as served:
        after = await served.look("p1")
    assert after["messages"] == before["messages"]
    assert after["now"] > before["now"]
    assert builder.store.built == 2


async def test_a_port_in_use_is_named_with_what_to_do(served: Served, tmp_path: Path) -> None:
    with pytest.raises(RoomProblem, match=rf"Port {served.port} is in use.*--port"):
        await serve(Builder(), folder=tmp_path / "second", port=served.port, commands=COMMANDS)


@pytest.mark.parametrize(
    "text", ["x" * 5000, "<script>alert(1)</script> **b** [a](javascript:x)", "שלום", "😀😀", "  \n "]
)
async def test_any_text_is_kept_as_it_was_typed(served: Served, text: str) -> None:
    assert (await served.act("say", who="p1", place="rules", text=text))[0] == 200
    shown = [one["body"][0]["spans"][0]["text"] for one in (await served.look("p1", "rules"))["messages"]]
    assert shown == ([text] if text.strip() else [])
