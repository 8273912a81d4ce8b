"""Conversations: a visitor asks, an agent answers, nothing is lost. Clauses 1.2, 2.2c, 3.2.

The exemplary module: read it first. One visitor has one conversation per inbox, which lasts over
pages and days. Its messages are numbered without gaps in two lanes: what both sides see, and the
team's own notes and events. A message is acknowledged after it is on disk, sealed.

The way of one message: ``sockets.send`` → ``actions.send_message`` → the commit → ``relay.relay``.
"""

from .actions import (
    conversation_for,
    file_within_reach,
    mark_read,
    reachable,
    send_first,
    send_message,
    set_state,
    start_or_find,
)
from .events import ConversationChanged, ConversationFact, ConversationRead, MessageSent
from .frames import server_frames
from .jobs import job_actions, take_back
from .model import (
    MOST_FILES,
    MOST_TEXT,
    ClientId,
    Conversation,
    ConversationState,
    Course,
    FileIds,
    Filter,
    Message,
    MessagePage,
    MessageText,
    NewMessage,
)
from .privacy import DECLARATIONS
from .queries import (
    Standing,
    began_between,
    courses,
    is_there,
    list_conversations,
    message_by_seq,
    page_of_messages,
    standing,
    unread_for,
    visible_message,
    visitor_of,
)
from .relay import hear, listen, recall
from .routes import MessageQuery, ReadMark, give_file, operations, take_file
from .sockets import frame_operations

__all__ = [
    "DECLARATIONS",
    "MOST_FILES",
    "MOST_TEXT",
    "ClientId",
    "Conversation",
    "ConversationChanged",
    "ConversationFact",
    "ConversationRead",
    "ConversationState",
    "Course",
    "FileIds",
    "Filter",
    "Message",
    "MessagePage",
    "MessageQuery",
    "MessageSent",
    "MessageText",
    "NewMessage",
    "ReadMark",
    "Standing",
    "began_between",
    "conversation_for",
    "courses",
    "file_within_reach",
    "frame_operations",
    "give_file",
    "hear",
    "is_there",
    "job_actions",
    "list_conversations",
    "listen",
    "mark_read",
    "message_by_seq",
    "operations",
    "page_of_messages",
    "reachable",
    "recall",
    "send_first",
    "send_message",
    "server_frames",
    "set_state",
    "standing",
    "start_or_find",
    "take_back",
    "take_file",
    "unread_for",
    "visible_message",
    "visitor_of",
]
