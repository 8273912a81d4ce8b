"""What the load generator is asked to do, and what it answers."""

import msgspec


class Sender(msgspec.Struct):
    """One visitor with a conversation of their own."""

    hello: str
    """The frame that opens the socket."""
    conversation: str | None = None
    fails: bool = False
    """Their messages name a file that does not exist, so that the action fails when it runs."""


class Job(msgspec.Struct):
    port: int
    server_pid: int
    senders: list[Sender] = []
    receivers: list[str] = []
    """First frames of the agents. Between them they hear each message exactly once."""
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
