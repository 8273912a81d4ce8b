"""What the load generator is asked to do, and what it answers."""

from typing import Literal

import msgspec


class Sender(msgspec.Struct):
    """One visitor with a conversation of their own."""

    hello: str
    """What opens the socket: the first frame, or who logs in."""
    conversation: str | None = None
    fails: bool = False
    """Their messages name a file that does not exist, so that the action fails when it runs."""


class People(msgspec.Struct):
    """Who takes part in a load, how they speak, and where they connect."""

    senders: list[Sender]
    receivers: list[str]
    """What opens the agents' sockets. Between them they hear each message exactly once."""
    speaks: Literal["silkroad", "xmpp"] = "silkroad"
    senders_port: int | None = None
    """None: the server's own."""
    receivers_port: int | None = None
    """None: where the senders are."""


class Job(msgspec.Struct):
    port: int
    """The address by which the server knows itself; people connect there unless they say."""
    pids: list[int]
    """What belongs to the server: its own process first. Children are counted with them."""
    people: People = msgspec.field(default_factory=lambda: People([], []))
    idle: list[str] = []
    """First frames of sockets that only stay open; then nothing else is done."""
    seconds: float = 4.0
    warm_up: float = 1.0
    rate: int | None = None
    """None: closed loop. Otherwise messages per second over all senders, come what may."""
    patience: float = 10.0
    """Seconds until a message that did not arrive ends the measurement with an error."""


class Measured(msgspec.Struct):
    messages: int = 0
    failures: int = 0
    seconds: float = 0.0
    server_cpu: float = 0.0
    generator_cpu: float = 0.0
    other_cpu: float = 0.0
    """What everybody else on the machine used meanwhile: the noise."""
    delivery_ms_p50: float = 0.0
    delivery_ms_p99: float = 0.0
    idle_kib: float = 0.0
