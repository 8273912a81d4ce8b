"""One running server, assembled on one screen; the only file that knows everyone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from silkroad import (
    conversations,
    inboxes,
    installation,
    marks,
    migrations,
    publications,
    push,
    visitors,
    widget,
    wiring,
    workspaces,
)
from silkroad.beyond import BEYOND, held_in
from silkroad.beyond import DECLARATIONS as HELD_BEYOND
from silkroad.engines import database, standing
from silkroad.engines.blobs.folder import FolderBlobs
from silkroad.engines.bus.opening import open_bus
from silkroad.engines.database import Database, Store, Transaction, World
from silkroad.engines.database.folder import refuse_moved
from silkroad.engines.database.outbox import decode
from silkroad.engines.database.sqlite import SqliteStore
from silkroad.engines.disk import make_folder
from silkroad.engines.keyring.opening import open_keyring
from silkroad.engines.keyring.roots import open_root
from silkroad.engines.keyring.roots import recipients as root_recipients
from silkroad.engines.notify.sms import NotConfigured, Sms
from silkroad.engines.outbound import Recipient
from silkroad.engines.outbound.client import HttpOutbound
from silkroad.engines.pictures import Pictures
from silkroad.http import House, Throttle
from silkroad.http.dispatch import Doorkeeper, routes
from silkroad.http.headers import with_headers
from silkroad.http.health import health
from silkroad.http.operations import Door
from silkroad.http.pages import pages
from silkroad.kit import scope as access
from silkroad.kit import shapes
from silkroad.kit.clock import Clock, SystemClock
from silkroad.kit.ids import new_token
from silkroad.kit.languages import Language
from silkroad.kit.randomness import Randomness, SystemRandomness
from silkroad.kit.scope import INSTALLATION, system
from silkroad.live.elsewhere import Elsewhere
from silkroad.live.feeds import Feeds
from silkroad.live.hub import Hub
from silkroad.live.socket import Socket
from silkroad.live.tickets.memory import MemoryTickets
from silkroad.live.tickets.stored import StoredTickets
from silkroad.parts import DECLARATIONS, EVERYTHING, FRAMES, OPERATIONS, works
from silkroad.privacy import (
    assessments,
    campaigns,
    consent,
    contact,
    exceptions,
    holdings,
    policy,
    processors,
)
from silkroad.settings import BadSettings, Settings
from silkroad.worker import Worker


class Server:
    """A house and what keeps it alive; ``app`` is its ASGI application."""

    def __init__(self, house: House, feeds: Feeds, worker: Worker) -> None:
        self.house = house
        self.worker = worker
        socket = Socket(
            house,
            FRAMES,
            origin=house.settings.origin,
            hub=house.hub,
            tickets=house.tickets,
            clock=house.clock,
            still=self._still_here,
            feed_of=feeds.feed_of,
            frames_per_second=house.settings.frames_per_second,
        )
        doors: dict[Door, Doorkeeper] = {
            "console": workspaces.console_door,
            "public": workspaces.public_door,
            "widget": visitors.visitor_door,
        }
        self._socket = socket
        answers = Starlette(
            routes=[
                *routes(OPERATIONS, house, doors),
                *pages(
                    house,
                    widget.allowed_origins,
                    [
                        *health(house, OPERATIONS),
                        *installation.pages(house),
                        *policy.pages(house, EVERYTHING, controller_of),
                        *contact.pages(house, doors),
                        *widget.pages(house),
                        *publications.pages(house),
                    ],
                ),
            ]
        )
        self._pages = with_headers(answers, secure=house.settings.secure)

    async def _still_here(self, scope: access.Scope) -> access.Scope | None:
        """Return a ticket's scope as it is now, or None when its access has ended."""
        return await self.house.db.read(scope, self.house.still_here)

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or socket. Sockets go past the layers that only requests need."""
        if scope["type"] == "websocket" and scope["path"] == "/live":
            await self._socket(scope, receive, send)
        else:
            await self._pages(scope, receive, send)


@asynccontextmanager
async def open_house(
    settings: Settings,
    *,
    sms: Sms | None = None,
    clock: Clock | None = None,
    randomness: Randomness | None = None,
    demo: bool = False,
) -> AsyncIterator[House]:
    """Open the store (migrating it first) and its engines; close them all in reverse order."""
    shapes.settle()
    database.learn(DECLARATIONS, held_in("audit", BEYOND))
    holdings.learn(DECLARATIONS)
    policy.learn(DECLARATIONS, HELD_BEYOND, processors.keepers(standing.elsewhere(settings)))
    consent.learn(DECLARATIONS)
    clock = clock or SystemClock()
    randomness = randomness or SystemRandomness()
    async with AsyncExitStack() as stack:
        make_folder(settings.data_dir)
        standing.hold(settings)
        bus = open_bus(settings.bus_url, settings.region)
        stack.push_async_callback(bus.close)
        blobs = await marks.look_everywhere(settings, bus)
        outbound = HttpOutbound(recipients(settings))
        stack.push_async_callback(outbound.aclose)
        root = await open_root(settings, outbound, randomness)
        keyring = await asyncio.to_thread(open_keyring, settings, root, randomness)
        stack.callback(keyring.close)
        store = await asyncio.to_thread(open_store, settings)
        db = Database(store, World(clock, randomness, keyring))
        stack.push_async_callback(db.close)
        several = bool(settings.database_url)
        tickets = StoredTickets(db) if several else MemoryTickets(clock, randomness)
        outbound.gate = processors.gate(db, workspaces.region_of)
        await marks.settle(db, blobs, settings)
        house = House(
            settings=settings,
            clock=clock,
            randomness=randomness,
            keyring=keyring,
            db=db,
            blobs=blobs,
            pictures=Pictures(),
            outbound=outbound,
            sms=sms or NotConfigured(),
            hub=Hub(),
            bus=bus,
            tickets=tickets,
            throttle=Throttle(clock),
            inbox_ids=inboxes.inbox_ids,
            admins_of=workspaces.admins_of,
            region_of=workspaces.region_of,
            somebody_answers=installation.is_set_up,
            who_answers=who_answers,
            parties=workspaces.parties_of,
            joined=workspaces.joined,
            came_at=came_at,
            still_here=still_here,
            features=dict.fromkeys(assessments.OWN, "")
            | processors.products(settings.private_push),
            contract_fields=exceptions.contract_fields(DECLARATIONS),
            demo=demo,
        )
        notices = policy.Policy(house, EVERYTHING, controller_of)
        house.policy_of, house.policy_kept = notices.named, notices.keep_all
        house.policy_told = partial(open_campaigns, house)
        await house.is_set_up()
        await push.prepare(house)
        decode.learn(wiring.EVERY_FACT)
        yield house


@asynccontextmanager
async def open_server(house: House) -> AsyncIterator[Server]:
    """Bring a house to life: facts reach sockets, jobs are done, presence is told."""
    if isinstance(house.blobs, FolderBlobs):
        await asyncio.to_thread(house.blobs.drop_unfinished)
    await house.policy_told()
    house.hub.on_presence = lambda w, m, p: workspaces.tell_presence(house.hub, w, m, p)
    conversations.listen(house)
    feeds = Feeds(house.db, house.bus, wiring.recall, lambda fact: wiring.hear(house, fact))
    await feeds.start()
    worker = wiring.worker(house)

    def committed(facts: list[database.Committed]) -> None:
        feeds.committed(facts)
        worker.nudge()

    house.db.on_commit = committed
    work = [feeds.watch(), worker.run()]
    elsewhere = None
    if house.settings.bus_url:  # a single node would tell nobody, of everybody, again and again
        elsewhere = Elsewhere(house.bus, house.clock, new_token(house.randomness))
        house.hub.join(elsewhere)
        work.append(elsewhere.keep_telling(house.hub.everybody))
    tasks = [asyncio.create_task(task) for task in work]
    try:
        yield Server(house, feeds, worker)
    finally:
        house.hub.end_all()
        if elsewhere:
            elsewhere.leave()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def open_store(settings: Settings) -> Store:
    """Return the database, migrated and guarded. Raises SchemaTooNew, Unsafe, Unreachable."""
    if not settings.database_url:
        refuse_moved(settings.data_dir)
        migrations.migrate(settings.data_dir / "silkroad.db")
        return SqliteStore(settings.data_dir / "silkroad.db")
    from silkroad.engines.database.postgres import open_postgres  # noqa: PLC0415 - psycopg is an extra

    if settings.database_owner_url:
        migrations.migrate_postgres(settings.database_owner_url, settings.database_url)
    return open_postgres(settings.database_url, migrations.newest())


def recipients(settings: Settings) -> list[Recipient]:
    """Return everybody who may be sent anything: those of the registry, and nobody else. 5.0.

    Raises BadSettings.
    """
    known = [*processors.push_services(settings.private_push), *root_recipients(settings)]
    for recipient in known:
        if not processors.agrees(recipient):
            raise BadSettings(f"{recipient.name} is not in the registry of third parties")
    return known


async def open_campaigns(house: House) -> None:
    """Tell people how what this program declares differs from what they were told. 8.0, 8.1."""
    kept = processors.keepers(standing.elsewhere(house.settings))
    reached = [*recipients(house.settings), *kept]
    record = policy.effective(policy.record(works()), reached)
    versions, companies = partial(versions_of, house), workspaces.all_workspaces
    who = conversations.visitor_of, workspaces.homes_of
    await campaigns.begin(house, record, DECLARATIONS, versions, companies, *who)


def came_at(tx: Transaction, who: str) -> int:
    """Return when a member or visitor came; of whom nobody knows yet: now."""
    known = visitors.came_at(tx, who) if who[:4] == "vis_" else workspaces.joined(tx).get(who)
    return tx.now if known is None else known


def versions_of(house: House, tx: Transaction) -> dict[Language, str]:
    """Keep the policy as it is; return its versions. Before the set-up there is none."""
    known = installation.is_set_up(tx)
    return house.policy_kept(tx, installation.controller(tx)) if known else {}


async def controller_of(house: House) -> installation.Controller:
    """Return who answers for this installation. Raises Refusal ``setup_required``."""
    return await house.db.read(system(), installation.controller)


def still_here(tx: Transaction) -> access.Scope | None:
    """Return the caller's scope as it is now, or None when their access has ended."""
    here = visitors.still_here if tx.scope.actor_kind == "visitor" else workspaces.still_here
    return here(tx)


def who_answers(tx: Transaction) -> str:
    """Return the name of the scope's company; for the installation, that of its controller."""
    if tx.scope.workspace_id == INSTALLATION:
        return installation.controller_name(tx)
    return workspaces.workspace_of(tx).name
