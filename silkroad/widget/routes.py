"""HTTP operations of the widget's frame: a visitor reaches their own conversation, no more."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from silkroad.conversations import (
    Message,
    MessagePage,
    MessageQuery,
    NewMessage,
    ReadMark,
    give_file,
    mark_read,
    page_of_messages,
    send_first,
    standing,
    start_or_find,
    take_file,
    visible_message,
)
from silkroad.files import MOST_BYTES, FileInfo
from silkroad.http import (
    YEAR,
    Call,
    Cookie,
    Download,
    Empty,
    House,
    Rate,
    Ticket,
    operation,
    visitor_cookie,
)
from silkroad.http.dispatch import refusal_response
from silkroad.http.pages import language_of, page, spoken
from silkroad.inboxes import find_inbox
from silkroad.installation import controller_name
from silkroad.kit.clock import MINUTE, SECOND
from silkroad.kit.errors import Refusal, refuse
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.permissions import Permission
from silkroad.kit.scope import Scope, anonymous
from silkroad.privacy import contact, policy
from silkroad.push import push_key
from silkroad.visitors import VisitorStart, read_in

from . import actions
from .actions import Surroundings
from .model import (
    GuardianLink,
    GuardianQuestion,
    LanguageChange,
    VisitorMessage,
    VisitorState,
    WidgetConfig,
    WidgetQuery,
)
from .page import html, kept_page

CONTENT = {DataClass.MESSAGE, DataClass.FILE, DataClass.CONTACT}
STARTS = Rate(burst=20, every=MINUTE)  # new visitors from one address
TICKETS = Rate(burst=120, every=SECOND)  # of one visitor: many tabs, a bad line
SENDS = Rate(burst=30, every=SECOND)  # messages of one visitor without a socket
UPLOADS = Rate(burst=10, every=6 * SECOND)  # files of one visitor


@operation(
    "widget.read",
    "GET",
    "/api/widget/{inbox_id}",
    door="widget",
    permission=Permission.KNOCK,
    purpose=Purpose.CONVERSATION,
    returns=CONTENT,
    audited=False,
)
async def read_widget(call: Call, inbox_id: str, query: WidgetQuery) -> WidgetConfig:
    """Return all that the frame needs; sets no cookie."""
    accepted = call.header("accept-language")
    around = await _surroundings(call.house)
    return await call.house.db.read(
        call.scope, actions.configuration, inbox_id, query.language, accepted, around
    )


@operation(
    "widget.start",
    "POST",
    "/api/widget/{inbox_id}/visitor",
    door="widget",
    permission=Permission.KNOCK,
    purpose=Purpose.CONVERSATION,
    returns=CONTENT,
    audited=False,
)
async def start_visitor(call: Call, inbox_id: str, body: VisitorStart) -> VisitorState:
    """Let a visitor in who was shown the current notice; sets their cookie."""
    call.house.throttle.spend(STARTS, f"visitor|{call.network}")
    around = await _surroundings(call.house)
    token, visitor_id, session_id = await call.house.db.write(
        call.scope, actions.start, inbox_id, body, around
    )
    if token:
        call.set_cookie(Cookie(visitor_cookie(inbox_id), token, YEAR))
    scope = actions.as_visitor(call.scope, visitor_id, session_id)
    return await call.house.db.read(scope, actions.visitor_state, inbox_id)


@operation(
    "widget.ask_guardian",
    "POST",
    "/api/widget/{inbox_id}/guardian",
    door="widget",
    permission=Permission.KNOCK,
    purpose=Purpose.RIGHTS,
    returns=set(),
    audited=True,
)
async def ask_guardian(call: Call, inbox_id: str, body: GuardianQuestion) -> GuardianLink:
    """Ask a child's guardian, by a link that the child passes on; sets the child's cookie."""
    call.house.throttle.spend(STARTS, f"visitor|{call.network}")
    around = await _surroundings(call.house)
    cookie, token = await call.house.db.write(
        call.scope, actions.ask_guardian, inbox_id, body, around
    )
    if cookie:
        call.set_cookie(Cookie(visitor_cookie(inbox_id), cookie, YEAR))
    return GuardianLink(contact.answer_url(call, body.language, token))


@operation(
    "widget.update",
    "PATCH",
    "/api/widget/{inbox_id}/visitor",
    door="widget",
    permission=Permission.CHAT,
    purpose=Purpose.CONVERSATION,
    returns=CONTENT,
    audited=False,
)
async def change_language(call: Call, inbox_id: str, body: LanguageChange) -> VisitorState:
    """Note the language that the visitor reads now."""
    await call.house.db.write(call.scope, read_in, body.language)
    return await call.house.db.read(call.scope, actions.visitor_state, inbox_id)


@operation(
    "widget.forget",
    "DELETE",
    "/api/widget/{inbox_id}/visitor",
    door="widget",
    permission=Permission.TAKE_BACK,
    purpose=Purpose.CONVERSATION,
    returns=set(),
    audited=False,
)
async def forget(call: Call, inbox_id: str) -> Empty:
    """End the visitor's session on this browser and clear its cookie."""
    await call.house.db.write(call.scope, actions.forget)
    call.set_cookie(Cookie(visitor_cookie(inbox_id), "", 0))
    return Empty()


@operation(
    "widget.messages",
    "GET",
    "/api/widget/{inbox_id}/messages",
    door="widget",
    permission=Permission.CHAT,
    purpose=Purpose.CONVERSATION,
    returns=CONTENT,
    audited=False,
)
async def list_messages(call: Call, inbox_id: str, query: MessageQuery) -> MessagePage:
    """Return the visitor's own messages and the answers."""
    at = await call.house.db.read(call.scope, standing, inbox_id)
    if at.conversation_id is None:
        return MessagePage([], more=False)
    return await call.house.db.read(
        call.scope, page_of_messages, at.conversation_id, query.before, query.after, query.limit
    )


@operation(
    "widget.send",
    "POST",
    "/api/widget/{inbox_id}/messages",
    door="widget",
    permission=Permission.CHAT,
    purpose=Purpose.CONVERSATION,
    returns=CONTENT,
    audited=False,
)
async def send(call: Call, inbox_id: str, body: VisitorMessage) -> Message:
    """Send a message, when there is no socket; the same client id again answers the same."""
    call.house.throttle.spend(SENDS, f"send|{call.scope.actor_id}")
    new = NewMessage(client_id=body.client_id, text=body.text, file_ids=body.file_ids)
    sent = await call.house.db.write(call.scope, send_first, inbox_id, new)
    return await call.house.db.read(
        call.scope, visible_message, sent.conversation_id, sent.lane, sent.seq
    )


@operation(
    "widget.mark_read",
    "PUT",
    "/api/widget/{inbox_id}/read",
    door="widget",
    permission=Permission.CHAT,
    purpose=Purpose.CONVERSATION,
    returns=set(),
    audited=False,
)
async def mark_as_read(call: Call, inbox_id: str, body: ReadMark) -> Empty:
    """Note what the visitor has read."""
    at = await call.house.db.read(call.scope, standing, inbox_id)
    if at.conversation_id is None:
        raise refuse("not_found")
    await call.house.db.write(call.scope, mark_read, at.conversation_id, body.seq)
    return Empty()


@operation(
    "widget.upload",
    "POST",
    "/api/widget/{inbox_id}/files",
    door="widget",
    permission=Permission.CHAT,
    purpose=Purpose.CONVERSATION,
    returns=CONTENT,
    audited=False,
    raw=MOST_BYTES,
    rate=UPLOADS,
)
async def upload(call: Call, inbox_id: str, body: bytes) -> FileInfo:
    """Upload a file, to be sent with a message."""
    conversation_id = await call.house.db.write(call.scope, start_or_find, inbox_id)
    return await take_file(call, conversation_id, body)


@operation(
    "widget.download",
    "GET",
    "/api/widget/{inbox_id}/files/{file_id}",
    door="widget",
    permission=Permission.CHAT,
    purpose=Purpose.CONVERSATION,
    returns=CONTENT,
    audited=False,
)
async def download(call: Call, inbox_id: str, file_id: str) -> Download:
    """Return a file of the visitor's conversation, safe to open."""
    return await give_file(call, file_id)


@operation(
    "widget.ticket",
    "POST",
    "/api/widget/{inbox_id}/ticket",
    door="widget",
    permission=Permission.CHAT,
    purpose=Purpose.AUTHENTICATION,
    returns=set(),
    audited=False,
)
async def ticket(call: Call, inbox_id: str, body: Empty) -> Ticket:
    """Return a one-time ticket for the socket."""
    call.house.throttle.spend(TICKETS, f"ticket|{call.scope.actor_id}")
    return Ticket(*await call.house.tickets.issue(call.scope))


def pages(house: House) -> list[Route]:
    """Return the page of the short notice, now and before; anybody may read it. Clause 8.0a.

    With a ``version``, that text alone: also of a question that people of this company answered.
    """

    async def notice(request: Request) -> Response:
        inbox_id, language = request.query_params.get("inbox", ""), language_of(request)
        try:
            stranger = await _stranger_at(house, inbox_id)
            accounting = stranger.doing(Purpose.ACCOUNTABILITY)
            if name := request.query_params.get("version", ""):
                shown = await house.db.read(accounting, policy.kept, name)
                told = kept_page if shown.about is None else policy.question_page
                return spoken(page(told(shown, name)), shown.language)
            around = await _surroundings(house)
            now = await house.db.read(stranger, actions.current_notice, language, around)
            kept = await house.db.read(accounting, actions.shown_once, language)
        except Refusal as refusal:
            return refusal_response(refusal)
        return spoken(page(html(inbox_id, now, kept)), language)

    return [Route("/privacy/notice", notice)]


async def allowed_origins(house: House, inbox_id: str) -> list[str]:
    """Return the sites that may embed an inbox. Raises Refusal ``not_found``, ``archived``."""
    return await house.db.read(await _stranger_at(house, inbox_id), actions.origins_of, inbox_id)


async def _stranger_at(house: House, inbox_id: str) -> Scope:
    """Return the scope of somebody before a company's chat. Raises Refusal ``not_found``."""
    workspace_id = await house.db.read(anonymous(), find_inbox, inbox_id)
    return Scope(
        workspace_id, "anonymous", "anonymous", "anonymous", inbox_ids=frozenset({inbox_id})
    )


async def _surroundings(house: House) -> Surroundings:
    controller = await house.db.read(anonymous(), controller_name)
    policy_url = f"{house.settings.origin}/privacy"
    return Surroundings(controller, policy_url, push_key(house))


operations = [
    read_widget,
    start_visitor,
    ask_guardian,
    change_language,
    forget,
    list_messages,
    send,
    mark_as_read,
    upload,
    download,
    ticket,
]
