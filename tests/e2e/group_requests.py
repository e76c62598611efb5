"""The requests of the table of rights, by the names of its rows."""

from collections.abc import Callable, Mapping

from tests.e2e.group_asking import Call, Frame, Request, Search
from tests.e2e.group_scene import Scene
from tests.e2e.wire import Json, text

NO_LINK = "Zk3v0yqk1mV9m2y8Q2h1Aw"
Make = Callable[[Scene, str], Request]


def _said(words: str, **more: object) -> Json:
    return {**text(words), "content": {"text": words, **more}}


def _message(method: str, of: str | None, *rest: str, body: Json | None = None) -> Make:
    """About the message of somebody, or one's own."""

    def make(scene: Scene, actor: str) -> Request:
        path = "/".join((f"{scene.chat}/messages", str(scene.message_of(of or actor)), *rest))
        return Call(method, path, body)

    return make


def _framed(action: str, **data: object) -> Make:
    """A frame about one's own message."""

    def make(scene: Scene, actor: str) -> Request:
        seq = scene.message_of(actor)
        return Frame(action, {"conversation_id": scene.id, "seq": seq, **data})

    return make


def _frame(action: str, data: Callable[[], Json] = dict) -> Make:
    return lambda scene, _: Frame(action, {"conversation_id": scene.id, **data()})


def _chat(method: str, rest: str = "", body: Callable[[], Json] | None = None) -> Make:
    return lambda scene, _: Call(method, scene.chat + rest, body() if body else None)


def _group(method: str, rest: str = "", body: Json | None = None) -> Make:
    return lambda scene, _: Call(method, scene.group + rest, body)


def _change(**changes: object) -> Make:
    return _group("PATCH", body=changes)


def _user(
    method: str, where: str, who: Callable[[Scene, str], str], body: Json | None = None
) -> Make:
    """About a user of the group; `where` has a place for the id."""
    return lambda scene, actor: Call(method, scene.group + where.format(who(scene, actor)), body)


def _invite(who: Callable[[Scene, str], str]) -> Make:
    return lambda scene, actor: Call(
        "POST", f"{scene.group}/members", {"user_ids": [who(scene, actor)]}
    )


def _owner(scene: Scene, _: str) -> str:
    return scene.id_of("owner")


def _target(scene: Scene, _: str) -> str:
    return scene.id_of("target")


def _newcomer(scene: Scene, _: str) -> str:
    return scene.id_of("newcomer")


def _deputy(scene: Scene, _: str) -> str:
    return scene.deputy


def _quiet(scene: Scene, _: str) -> str:
    return scene.quiet


def _outlaw(scene: Scene, _: str) -> str:
    return scene.outlaw


def _asker(scene: Scene, _: str) -> str:
    return scene.asker


def _admins_message(scene: Scene, _: str) -> Request:
    scene.message_of("deputy")
    assert scene.deputy
    return Call("POST", f"{scene.chat}/messages/{scene.message_of('deputy')}/recall")


def _receipts(of: Callable[[Scene, str], int]) -> Make:
    return lambda scene, actor: Call("GET", f"{scene.chat}/receipts/{of(scene, actor)}")


def _board(method: str, body: Json | None = None) -> Make:
    return lambda scene, _: Call(
        method, f"{scene.group}/announcements/{scene.announcement['announcement_id']}", body
    )


_RENAMED: Json = {"nickname": "Bobby"}
REQUESTS: Mapping[str, Make] = {
    "send over WebSocket": _frame("sendMessage", lambda: _said("hello")),
    "send over HTTP": _chat("POST", "/messages", lambda: _said("hello")),
    "mention all": _chat("POST", "/messages", lambda: _said("hello", mentions=["all"])),
    "edit one's own over WebSocket": _framed("editMessage", content={"text": "better"}),
    "edit one's own": _message("PATCH", None, body={"content": {"text": "best"}}),
    "edit another's": _message("PATCH", "quiet", body={"content": {"text": "mine"}}),
    "recall one's own over WebSocket": _framed("recallMessage"),
    "recall one's own": _message("POST", None, "recall"),
    "recall a member's": _message("POST", "target", "recall"),
    "recall an admin's": _admins_message,
    "recall the owner's": _message("POST", "owner", "recall"),
    "react over WebSocket": _framed("addReaction", reaction="👍"),
    "react": _message("POST", "target", "reactions", body={"reaction": "👎"}),
    "take a reaction back": _message("DELETE", "target", "reactions?reaction=x"),
    "type over WebSocket": _frame("typing"),
    "type": _chat("POST", "/typing"),
    "read over WebSocket": _framed("readConversation"),
    "read": lambda scene, actor: Call(
        "POST", f"{scene.chat}/read", {"seq": scene.message_of(actor)}
    ),
    "history over WebSocket": _frame("history"),
    "history": _chat("GET", "/messages"),
    "sync over WebSocket": lambda scene, _: Search("sync", scene.id, socket=True),
    "sync": lambda scene, _: Search("sync", scene.id),
    "list conversations": lambda scene, _: Search("/v1/conversations", scene.id),
    "list groups": lambda scene, _: Search("/v1/groups", scene.id),
    "see the conversation": _chat("GET"),
    "mute for oneself": _chat("PATCH", body=lambda: {"muted": True}),
    "delete a message for oneself": _message("DELETE", "target"),
    "delete the conversation for oneself": _chat("DELETE"),
    "see the group": _group("GET"),
    "list members": _group("GET", "/members"),
    "list members of the conversation": _chat("GET", "/members"),
    "receipts of one's own": _receipts(lambda scene, actor: scene.message_of(actor)),
    "receipts of another's": _receipts(lambda scene, _: scene.message_of("quiet")),
    "receipts of an announcement": _receipts(lambda scene, _: int(scene.announcement["seq"])),
    "list pins": _chat("GET", "/pins"),
    "pin": lambda scene, _: Call("POST", f"{scene.chat}/pins", {"seq": scene.message_of("target")}),
    "unpin": lambda scene, _: Call("DELETE", f"{scene.chat}/pins/{scene.pinned}"),
    "list announcements": _group("GET", "/announcements"),
    "announce": lambda scene, actor: Call(
        "POST", f"{scene.group}/announcements", {"text": f"Hear {actor}!"}
    ),
    "change an announcement": _board("PATCH", {"text": "Hear again!"}),
    "delete an announcement": _board("DELETE"),
    "rename": _change(name="Film club"),
    "describe": _change(description="A film each week."),
    "set the avatar": _change(avatar="https://example.com/film.png"),
    "set the join mode": _change(join_mode="free"),
    "set slow mode": _change(slow_s=60),
    "set the history mode": _change(history="all"),
    "set who invites": _change(member_invite=False),
    "mute all": _change(muted_all=True),
    "mute a member": _user("PUT", "/mutes/{}", _target, {"seconds": 60}),
    "mute an admin": _user("PUT", "/mutes/{}", _deputy, {}),
    "mute the owner": _user("PUT", "/mutes/{}", _owner, {}),
    "unmute a member": _user("DELETE", "/mutes/{}", _quiet),
    "unmute an admin": _user("DELETE", "/mutes/{}", _deputy),
    "kick a member": _user("DELETE", "/members/{}", _target),
    "kick an admin": _user("DELETE", "/members/{}", _deputy),
    "kick the owner": _user("DELETE", "/members/{}", _owner),
    "ban a member": _user("DELETE", "/members/{}?ban=true", _target),
    "lift a ban": _user("DELETE", "/bans/{}", _outlaw),
    "list bans": _group("GET", "/bans"),
    "invite": _invite(_newcomer),
    "invite where members may not": _invite(_newcomer),
    "invite into a closed group": _invite(_newcomer),
    "invite one who is banned": _invite(_outlaw),
    "make a link": _group("POST", "/invites", {}),
    "list links": _group("GET", "/invites"),
    "revoke a link": lambda scene, _: Call("DELETE", f"{scene.group}/invites/{scene.link}"),
    "list requests": _group("GET", "/requests"),
    "accept a request": _user("POST", "/requests/{}/accept", _asker),
    "reject a request": _user("POST", "/requests/{}/reject", _asker, {}),
    "withdraw a request of one's own": _user(
        "DELETE", "/requests/{}", lambda scene, actor: scene.id_of(actor)
    ),
    "withdraw another's request": _user("DELETE", "/requests/{}", _asker),
    "ask to join": _group("POST", "/requests", {}),
    "join a free group": _group("POST", "/requests", {}),
    "join a group by invitation only": _group("POST", "/requests", {}),
    "join a closed group": _group("POST", "/requests", {}),
    "join by a link": lambda scene, _: Call(
        "POST", f"{scene.group}/requests", {"invite": scene.link}
    ),
    "join a closed group by a link": lambda scene, _: Call(
        "POST", f"{scene.group}/requests", {"invite": scene.link}
    ),
    "join by a link that is none": _group("POST", "/requests", {"invite": NO_LINK}),
    "leave": _group("POST", "/leave"),
    "hand over": lambda scene, _: Call(
        "PUT", f"{scene.group}/owner", {"user_id": scene.id_of("target")}
    ),
    "make an admin": _user("PUT", "/admins/{}", _target),
    "unmake an admin": _user("DELETE", "/admins/{}", _deputy),
    "dissolve": _group("DELETE"),
    "set one's nickname": _user(
        "PATCH", "/members/{}", lambda scene, actor: scene.id_of(actor), _RENAMED
    ),
    "set another's nickname": _user("PATCH", "/members/{}", _target, _RENAMED),
}
RULES: Mapping[str, Json] = {
    "invite where members may not": {"member_invite": False},
    "invite into a closed group": {"join_mode": "closed"},
    "join a free group": {"join_mode": "free"},
    "join a group by invitation only": {"join_mode": "invite"},
    "join a closed group": {"join_mode": "closed"},
    "join a closed group by a link": {"join_mode": "closed"},
}
"""With which the group is made; `approval`, and members invite, where nothing is said."""
IN_THE_WAY = frozenset(
    {
        *(f"recall {whose}" for whose in ("one's own", "a member's", "an admin's", "the owner's")),
        "recall one's own over WebSocket",
        *("delete a message for oneself", "delete the conversation for oneself"),
        *("delete an announcement", "set the join mode", "set slow mode", "set who invites"),
        *("mute all", "unmute a member", "mute an admin", "kick a member", "kick an admin"),
        *("kick the owner", "ban a member", "lift a ban", "invite", "invite into a closed group"),
        *("invite where members may not", "invite one who is banned", "revoke a link"),
        *("accept a request", "reject a request", "ask to join", "join a free group"),
        *("join by a link", "leave", "hand over", "make an admin", "unmake an admin", "dissolve"),
    }
)
"""What changes the group, where it succeeds, so that other cells would be answered otherwise."""
