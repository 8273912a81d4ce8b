"""The command line: serve, set up, back up, restore, move, and what describes it."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from silkroad import __version__
from silkroad.archive.wrongs import NotDone, Unsound
from silkroad.engines.database import Unreachable, Unsafe, timekeeping
from silkroad.engines.keyring.root import RootKeyUnsafe
from silkroad.kit.scope import system
from silkroad.migrations import SchemaTooNew
from silkroad.settings import PREFIX, BadSettings, Settings, read_settings

Command = Callable[[Settings, argparse.Namespace], Coroutine[Any, Any, None]]


def main() -> None:
    """Run one command; a mistake of the operator's ends with one sentence and exit code 2."""
    arguments = _parser().parse_args()
    try:
        settings = read_settings(os.environ)
        _run(arguments.command(settings, arguments))
    except REFUSALS as wrong:
        print(f"silkroad: {wrong}", file=sys.stderr)
        raise SystemExit(2) from None
    except Unsound as wrong:
        print(f"silkroad: {wrong}", file=sys.stderr)
        raise SystemExit(1) from None


class StartRefused(Exception):
    """The command cannot be done; the message says why and what to do."""


REFUSALS = (
    BadSettings,
    NotDone,
    RootKeyUnsafe,
    SchemaTooNew,
    StartRefused,
    Unreachable,
    Unsafe,
)


def _run(command: Coroutine[Any, Any, None]) -> None:
    import uvloop  # noqa: PLC0415 - only what runs a loop pays for it

    uvloop.run(command)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("silkroad", description="A customer-service workspace.")
    parser.add_argument("--version", action="version", version=f"silkroad {__version__}")
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, command, about in (
        ("serve", serve, "Serve this installation."),
        ("demo", demo, "Serve a demo enterprise with a shop, on a store of its own."),
        ("setup", setup, "Set this installation up in the terminal, or show the set-up link."),
        ("operator-link", operator_link, "Print a one-time link for the operator."),
        ("confirm-clock", confirm_clock, "Say that the clock is right, so that clean-up goes on."),
        ("wrap-root-key", wrap_root_key, "Let the service of SILKROAD_ROOT_URL wrap the root key."),
        ("settings", show_settings, "Show every setting and its value."),
        ("openapi", show_openapi, "Print the OpenAPI document."),
        ("types", show_types, "Print the TypeScript types of the wire."),
    ):
        commands.add_parser(name, help=about, description=about).set_defaults(command=command)
    for name, on_file, about in (
        ("backup", backup, "Back this installation up into one sealed file, while it runs."),
        ("verify", verify, "Read a backup to its end and say whether it is whole."),
        ("restore", restore, "Restore a backup into an empty place."),
    ):
        one = commands.add_parser(name, help=about, description=about)
        one.add_argument("file", type=Path)
        one.set_defaults(command=on_file)
    about = "Print what this version does with personal data, from what it works by."
    policy = commands.add_parser("policy", help=about, description=about)
    verbs = policy.add_subparsers(required=True, metavar="what")
    about = "The record of processing activities (GDPR article 30)."
    recorded = verbs.add_parser("record", help=about, description=about)
    recorded.add_argument("--json", action="store_true", help="for programs")
    recorded.set_defaults(command=policy_record)
    about = "End with 2 if something else is declared than in the released version."
    checked = verbs.add_parser("check", help=about, description=about)
    checked.set_defaults(command=policy_check)
    about = "Write what is declared down as the next version, and say what changed."
    released = verbs.add_parser("release", help=about, description=about)
    released.set_defaults(command=policy_release)
    about = "Put your name to the version that is in review: from now on it is effective."
    reviewed = verbs.add_parser("review", help=about, description=about)
    reviewed.add_argument("--by", required=True, type=_somebody, metavar="NAME")
    reviewed.set_defaults(command=policy_review)
    checked.add_argument(
        "--effective", action="store_true", help="end with 2 as well while it is in review"
    )
    for one in (checked, released, reviewed):
        one.add_argument("--file", type=Path, help="another record than the program's own")
    about = "Show every clause of the privacy policy, and whether it is proven to be kept."
    clauses = commands.add_parser("clauses", help=about, description=about)
    clauses.add_argument("--results", type=Path, metavar="FILE", help="what came of the tests")
    clauses.add_argument("--check", action="store_true", help="end with 2 if one claims too much")
    shown = clauses.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="for programs")
    shown.add_argument("--tests", action="store_true", help="only the tests, as pytest calls them")
    shown.add_argument("--pages", type=Path, metavar="FOLDER", help="write the pages of the docs")
    clauses.set_defaults(command=show_clauses)
    about = "Bring the database to the newest schema, or move an installation to PostgreSQL."
    moving = commands.add_parser("migrate", help=about, description=about)
    moving.add_argument("--to", metavar="URL", help="the new database, as the server's role")
    moving.add_argument("--owner", metavar="URL", help="the same, as the owner of its tables")
    moving.add_argument("--keyring", metavar="URL", help="a database for the keys, to move as well")
    moving.add_argument("--blobs", metavar="URL", help="a bucket for the files, to move as well")
    moving.set_defaults(command=migrate)
    return parser


async def serve(settings: Settings, _: argparse.Namespace) -> None:
    """Serve until SIGTERM or SIGINT."""
    from silkroad import serving  # noqa: PLC0415 - each command loads only what it needs

    await serving.serve(settings)


async def demo(settings: Settings, _: argparse.Namespace) -> None:
    """Serve the demo until SIGTERM or SIGINT."""
    from silkroad.demo import serve_demo  # noqa: PLC0415 - only what this needs

    await serve_demo(settings)


async def setup(settings: Settings, _: argparse.Namespace) -> None:
    """Ask for what the set-up page asks, and set up."""
    from silkroad import app, workspaces  # noqa: PLC0415 - only what this needs

    async with app.open_house(settings) as house:
        await workspaces.set_up_in_terminal(house)


async def operator_link(settings: Settings, _: argparse.Namespace) -> None:
    """Print a link that lets its bearer in as the operator, once, for 15 minutes."""
    from silkroad import app, installation  # noqa: PLC0415 - only what this needs

    async with app.open_house(settings) as house:
        print(await installation.new_operator_link(house))


async def confirm_clock(settings: Settings, _: argparse.Namespace) -> None:
    """Let what is deleted by age go on after a long stop, or after the clock was put right."""
    from silkroad import app  # noqa: PLC0415 - only what this needs

    async with app.open_house(settings) as house:
        await house.db.write(system(), timekeeping.confirm)
    print("The clock is confirmed. A running server goes on within a minute.")


async def wrap_root_key(settings: Settings, _: argparse.Namespace) -> None:
    """Put a wrapped root key into the place of a bare one, or wrap it under the newest version."""
    from silkroad.engines import standing  # noqa: PLC0415 - only what this needs
    from silkroad.engines.keyring import roots  # noqa: PLC0415 - only what this needs

    standing.hold(settings)
    await roots.wrap_root_key(settings)
    print(f"The root key is wrapped: {settings.root_key}")
    print("Back the file up. Copies of what it was before still open everything: they are yours.")


async def backup(settings: Settings, arguments: argparse.Namespace) -> None:
    """Write a backup and say what is in it, and what is not."""
    from silkroad.archive.backup import backup as back_up  # noqa: PLC0415 - only what this needs

    print(_told(await back_up(settings, arguments.file)))
    print(f"The root key is not in it. Keep a copy of it elsewhere: {settings.root_key}")


async def verify(settings: Settings, arguments: argparse.Namespace) -> None:
    """Say whether a backup is whole."""
    from silkroad.archive import backup  # noqa: PLC0415 - only what this needs

    began, contents = await backup.verify(settings, arguments.file)
    print(f"whole: {_told(contents)}, as they were at {_utc(began.made_at)}")


async def restore(settings: Settings, arguments: argparse.Namespace) -> None:
    """Restore a backup into an empty place."""
    from silkroad.archive import restore as restoring  # noqa: PLC0415 - only what this needs

    began, contents = await restoring.restore(settings, arguments.file)
    print(f"restored: {_told(contents)}, as they were at {_utc(began.made_at)}")
    print("What was erased since then is there again: erase it again.")


async def migrate(settings: Settings, arguments: argparse.Namespace) -> None:
    """Bring the database up to date, or move the installation."""
    from silkroad.archive.migrate import migrate as to_the_newest  # noqa: PLC0415 - only what this needs

    if arguments.to:
        await _move(settings, arguments)
    elif arguments.keyring or arguments.blobs:
        raise StartRefused(
            "Keys and files move together with the rows: say with --to where those go."
        )
    else:
        print(f"The database has schema {await to_the_newest(settings)}.")


async def _move(settings: Settings, arguments: argparse.Namespace) -> None:
    from silkroad.archive import move as moving  # noqa: PLC0415 - only what this needs

    owner = arguments.owner or settings.database_owner_url
    if not owner:
        raise StartRefused("Say with --owner how the owner of the new database's tables comes.")
    to = msgspec.structs.replace(
        settings,
        database_url=arguments.to,
        database_owner_url=owner,
        keyring_url=arguments.keyring or settings.keyring_url,
        blobs_url=arguments.blobs or settings.blobs_url,
    )
    print(f"moved: {_told(await moving.move(settings, to))}")
    print("Both sides were read again and compared. Start with these, as you gave them:")
    for name in ("database_url", "keyring_url", "blobs_url"):
        if address := getattr(to, name):
            print(_shown(name, address))
    print("Without them a start is refused here, so that nobody goes on with the old rows.")
    left = ", ".join(moving.left_behind(settings, to))
    print(f"Not used any more in {settings.data_dir}: {left}.")
    print(f"Everything else there stays in use, and so does the root key: {settings.root_key}")


def _somebody(name: str) -> str:
    if not name.strip():
        raise argparse.ArgumentTypeError("a review has somebody's name")
    return name.strip()


def _told(contents: dict[str, tuple[int, bytes]]) -> str:
    """Say how much there is."""
    from silkroad.archive.records import BLOBS, KEYS  # noqa: PLC0415 - only what this needs

    kinds = {KEYS: "keys", BLOBS: "files"}
    amounts: Counter[str] = Counter()
    for name, (count, _) in contents.items():
        amounts[kinds.get(name, "rows")] += count
    return ", ".join(f"{count} {kind}" for kind, count in amounts.items())


def _utc(milliseconds: int) -> str:
    return f"{datetime.fromtimestamp(milliseconds / 1000, UTC):%Y-%m-%d %H:%M:%S} UTC"


async def show_settings(settings: Settings, _: argparse.Namespace) -> None:
    """Print the settings as they are set in the environment."""
    for name, value in msgspec.structs.asdict(settings).items():
        print(_shown(name, value))


def _shown(name: str, value: Any) -> str:
    shown = masked(value) if name.endswith("_url") else value
    return f"{PREFIX}{name.upper()}={'' if shown is None else shown}"


def masked(url: str | None) -> str:
    """Return an address without whoever signs in there, and without a password, key or token."""
    without = re.sub(r"//[^/?#]*@", "//***@", url or "")
    return re.sub(
        r"(?i)([?&][^=&#]*(?:password|secret|token|key)[^=&#]*=)[^&#]*", r"\1***", without
    )


def _declared() -> dict[str, Any]:
    """Return the record of processing of this program."""
    from silkroad import parts  # noqa: PLC0415 - only what this needs
    from silkroad.privacy.policy import record  # noqa: PLC0415 - only what this needs

    return record(parts.works())


async def policy_record(_: Settings, arguments: argparse.Namespace) -> None:
    """Print the record of processing."""
    from silkroad.privacy.policy import as_text  # noqa: PLC0415 - only what this needs

    found = _declared()
    if arguments.json:
        print(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    else:
        print(as_text(found), end="")


async def policy_check(_: Settings, arguments: argparse.Namespace) -> None:
    """Hold what is declared against what was last released."""
    from silkroad.privacy import policy  # noqa: PLC0415 - only what this needs

    released = policy.releases.read(arguments.file or policy.releases.RELEASED)
    record = _declared()
    try:
        policy.releases.check(record, released, effective=arguments.effective)
    except (policy.releases.Unreleased, policy.releases.Unreviewed) as unready:
        raise StartRefused(str(unready)) from None
    standing = "effective" if released.effective else "in review"
    print(f"What is declared is version {released.version} of the policy, which is {standing}.")


async def policy_release(_: Settings, arguments: argparse.Namespace) -> None:
    """Write the next version down."""
    from silkroad.privacy import policy  # noqa: PLC0415 - only what this needs

    file = arguments.file or policy.releases.RELEASED
    version, changes = policy.releases.release(_declared(), file)
    for change in changes:
        print(f"{change.weight:9} {change.clause:4} {change.what}")
    print(f"This is version {version} of the policy.")


async def policy_review(_: Settings, arguments: argparse.Namespace) -> None:
    """Put a name to the version that is in review."""
    from silkroad.privacy import policy  # noqa: PLC0415 - only what this needs

    file = arguments.file or policy.releases.RELEASED
    try:
        found = policy.releases.review(_declared(), arguments.by, file)
    except policy.releases.Unreleased as draft:
        raise StartRefused(str(draft)) from None
    print(f"Version {found.version} of the policy is effective: reviewed by {found.reviewed_by}.")


async def show_clauses(_: Settings, arguments: argparse.Namespace) -> None:
    """Print the clause map with what is proven of it."""
    from silkroad.privacy import clauses as policy  # noqa: PLC0415 - only what this needs

    rows = [clause for section in policy.SECTIONS.values() for clause in section.clause]
    root = Path(__file__).parents[1]
    try:
        evidence = policy.gathered(root, arguments.results, rows)
    except (OSError, msgspec.MsgspecError) as wrong:
        raise StartRefused(f"The results cannot be read: {wrong}") from None
    if arguments.pages:
        for name, page in policy.pages().items():
            (arguments.pages / name).write_text(page)
    elif arguments.tests:
        print("\n".join(policy.proofs_to_run(rows, evidence)))
    elif arguments.json:
        encoded = msgspec.json.encode(policy.as_json(rows, evidence))
        print(msgspec.json.format(encoded, indent=2).decode())
    else:
        print(policy.table(rows, evidence))
    if arguments.check and evidence.why_none:
        raise StartRefused(evidence.why_none)
    if arguments.check and (too_much := policy.overclaimed(rows, evidence)):
        found = "\n".join(f"  {clause}: {'; '.join(why)}" for clause, why in too_much.items())
        raise StartRefused(f"These clauses claim more than is proven:\n{found}")


async def show_openapi(_: Settings, __: argparse.Namespace) -> None:
    """Print the OpenAPI 3.1 document."""
    from silkroad import parts  # noqa: PLC0415 - only what this needs
    from silkroad.http.openapi import document  # noqa: PLC0415 - only what this needs

    print(msgspec.json.format(msgspec.json.encode(document(parts.OPERATIONS)), indent=2).decode())


async def show_types(_: Settings, __: argparse.Namespace) -> None:
    """Print the TypeScript types."""
    from silkroad import parts  # noqa: PLC0415 - only what this needs
    from silkroad.http.typescript import types  # noqa: PLC0415 - only what this needs

    print(types(parts.OPERATIONS, parts.FRAMES, parts.SERVER_FRAMES, parts.NAMED), end="")


__all__ = ["StartRefused", "main"]
