"""What the clients of a company do all day: ask, answer, keep, edit."""

from __future__ import annotations

import time
from collections.abc import Sequence

from tests.cast import Member, VisitorOf
from tests.harness.people import Json

from .history import NOTES, History, digest
from .load import Client

MOST_FILES = 150
"""Of one client: a day has its limits."""

DAY = 86_400_000


class Writer(Client):
    """Somebody who says one thing after the other in a conversation, on a socket."""

    def __init__(
        self, windows: Sequence[VisitorOf | Member], history: History, conversation: str
    ) -> None:
        super().__init__(windows, history)
        if isinstance(windows[0], VisitorOf):
            self.ticket_path = windows[0].path("/ticket")
        self.conversation = conversation
        self._said = 0
        self._files = 0

    async def act(self) -> None:
        await self.say()

    async def say(self, *, note: bool = False, files: Sequence[str] = ()) -> int:
        """Send a message or a note until it is acknowledged; return its number."""
        client_id, lane = self.next_id(), self.conversation + NOTES * note
        self.history.try_to_send(lane, client_id)
        frame = {"t": "send", "id": client_id, "text": f"{self.history.canary} {client_id}"}
        more = {"conversation": self.conversation, "note": note, "files": list(files)}
        ack = await self.insist(lambda: self.send(**frame, **more))
        self.history.acknowledge(lane, client_id, ack["seq"])
        self.did("note" if note else "say")
        return int(ack["seq"])

    async def say_with_a_file(self, door: str) -> None:
        """Upload a file until that is acknowledged, and send it with a message."""
        if self._files == MOST_FILES:
            return
        self._files += 1
        line = f"{self.history.canary} {self.next_id()}\n"
        content = line.encode() * self.chance.randint(1, 4000)
        self.history.try_to_upload(content)
        name = f"{self.history.canary}.txt"
        sent = await self.insist(lambda: self.upload(f"{door}/files", name, content))
        self.history.files[sent["id"]] = digest(content)
        self.did("upload")
        await self.say(files=[sent["id"]])

    def next_id(self) -> str:
        self._said += 1
        return f"{self.person.name}-{self._said:06}"


class Asker(Writer):
    """A visitor who writes, sends files, and reads."""

    def __init__(self, windows: Sequence[VisitorOf], history: History, conversation: str) -> None:
        super().__init__(windows, history, conversation)
        self._door = windows[0].path()

    async def act(self) -> None:
        match self.chance.randrange(16):
            case 0:
                await self.say_with_a_file(self._door)
            case 1:
                await self._read()
            case 2:
                await self._speak()
            case _:
                await self.say()

    async def _read(self) -> None:
        seq = (await self.insist(self._state))["last_seq"]

        async def seen() -> Json:
            return (await self._state())["read_seq"]

        async def read() -> Json:
            return await self.ask("PUT", f"{self._door}/read", {"seq": seq})

        await self.put(f"read mark of {self.person.name}", seq, seen, read, grows=True)

    async def _speak(self) -> None:
        language = self.chance.choice(["en", "sq", "zh-CN"])

        async def seen() -> Json:
            return (await self._state())["visitor"]["language"]

        async def change() -> Json:
            return await self.ask("PATCH", f"{self._door}/visitor", {"language": language})

        await self.put(f"language of {self.person.name}", language, seen, change)

    async def _state(self) -> Json:
        return (await self.ask("GET", self._door))["visitor"]


class Keeper(Writer):
    """An agent on a quiet conversation, who alone decides whose it is and in which state."""

    def __init__(
        self, windows: Sequence[Member], history: History, conversation: str, team: Sequence[str]
    ) -> None:
        super().__init__(windows, history, conversation)
        self._door = f"/api/conversations/{conversation}"
        self._team = team
        self._me = windows[0].member_id

    async def act(self) -> None:
        match self.chance.randrange(8):
            case 0 | 1:
                await self.hand_over(self.chance.choice([None, *self._team]))
            case 2 | 3:
                await self.say(note=True)
            case 4:
                await self._reply()
            case _:
                await self._put_into(self.chance.choice(["open", "closed", "snoozed"]))

    async def _reply(self) -> None:
        """Answer, which opens the conversation and takes it on if it is nobody's."""
        await self.say()
        for cell, _ in self.cells.values():
            if cell.name.startswith("state"):
                cell.acknowledged = cell.tried = ("open", None)
            elif cell.acknowledged is None:
                cell.acknowledged = cell.tried = self._me

    async def hand_over(self, member_id: str | None) -> None:
        """Give the conversation to somebody, with a note."""
        client_id = self.next_id()
        self.history.try_to_send(self.conversation + NOTES, client_id)
        note = {"note": f"{self.history.canary} {client_id}", "client_id": client_id}

        async def seen() -> Json:
            return (await self.ask("GET", self._door))["assignee_id"]

        async def give() -> Json:
            body = {"member_id": member_id, **note}
            return await self.ask("PUT", f"{self._door}/assignee", body)

        await self.put(f"assignee of {self.conversation}", member_id, seen, give)

    async def _put_into(self, state: str) -> None:
        until = int(time.time() * 1000) + DAY if state == "snoozed" else None

        async def seen() -> Json:
            found = await self.ask("GET", self._door)
            return found["state"], found["snoozed_until"]

        async def put() -> Json:
            return await self.ask("PUT", f"{self._door}/state", {"state": state, "until": until})

        await self.put(f"state of {self.conversation}", (state, until), seen, put)

    async def read(self) -> None:
        """Read all that is there."""
        seq = (await self.insist(lambda: self.ask("GET", self._door)))["last_seq"]

        async def seen() -> Json:
            return (await self.ask("GET", self._door))["read_seq"]

        async def read() -> Json:
            return await self.ask("PUT", f"{self._door}/read", {"seq": seq})

        await self.put(f"read mark in {self.conversation}", seq, seen, read, grows=True)


class Answerer(Keeper):
    """An agent on a lively conversation: answers, notes, files, hand-overs, and closes it."""

    async def act(self) -> None:
        match self.chance.randrange(16):
            case 0:
                await self.hand_over(self.chance.choice(self._team))
            case 1 | 2:
                await self.read()
            case 3 | 4:
                await self.say(note=True)
            case 5:
                await self.say_with_a_file(self._door)
            case 6:
                await self._close()
            case 7:
                await self._look_around()
            case _:
                await self.say()

    async def _close(self) -> None:
        """Close it; the visitor, who writes on, opens it again."""
        await self.insist(lambda: self.ask("PUT", f"{self._door}/state", {"state": "closed"}))
        self.did("close")

    async def _look_around(self) -> None:
        """Look at all that the console shows."""
        for path in ("conversations", "conversations/counts", "members", "inboxes", "me"):
            await self.insist(lambda path=path: self.ask("GET", f"/api/{path}"))  # type: ignore[misc]  # mypy cannot infer a default
        self.did("look")


class Editor(Client):
    """Somebody who cannot decide what to be called."""

    _edits = 0

    async def act(self) -> None:
        self._edits += 1
        name = f"{self.history.canary} {self._edits}"

        async def seen() -> Json:
            return (await self.ask("GET", "/api/me"))["member"]["name"]

        async def change() -> Json:
            return await self.ask("PATCH", "/api/me", {"name": name})

        await self.put(f"name of {self.person.name}", name, seen, change)


class Manager(Client):
    """An administrator who changes the inbox all the time."""

    _edits = 0

    def __init__(self, windows: Sequence[Member], history: History, inbox_id: str) -> None:
        super().__init__(windows, history)
        self._inbox_id = inbox_id

    async def act(self) -> None:
        self._edits += 1
        words = f"{self.history.canary} {self._edits}"
        settings = {"name": words, "greeting": {"en": words}, "color": f"#{self._edits:06x}"}

        async def seen() -> Json:
            found = (await self.ask("GET", "/api/inboxes"))["items"]
            (inbox,) = (inbox for inbox in found if inbox["id"] == self._inbox_id)
            return {name: inbox[name] for name in settings}

        async def change() -> Json:
            return await self.ask("PATCH", f"/api/inboxes/{self._inbox_id}", settings)

        await self.put(f"inbox {self._inbox_id}", settings, seen, change)
