"""The work of an erasure: keys first, then files, then rows, each of which may be done again.

A single thing that was deleted loses its key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from silkroad.engines.database import Job, Transaction
from silkroad.engines.keyring import KeyName
from silkroad.http import House
from silkroad.kit.scope import system

from . import actions
from .events import DestroyKey, ErasePerson, SeeErasureThrough

job_actions: Mapping[type[Job], Callable[[Transaction, Any], None]] = {
    SeeErasureThrough: actions.see_through
}


def errands(
    house: House, before: Callable[[Transaction, str], None]
) -> Mapping[type[Job], Callable[[str, Any], Awaitable[None]]]:
    """Return the jobs that need the keyring and the store of blobs.

    ``before`` is done while a person's rows are still there: for what is not theirs and has to go
    with them.
    """

    async def erase(workspace_id: str, job: ErasePerson) -> None:
        scope, db = system(workspace_id, job.purpose), house.db
        remains = await db.read(scope, actions.remains_of, job.subject_id)
        if not remains.keys:
            return
        names = [KeyName(workspace_id, key_id) for key_id in remains.keys]
        await asyncio.to_thread(house.keyring.destroy, names)
        await db.write(scope, actions.note_shredded, job.subject_id)
        for content_id in remains.contents:
            await house.blobs.delete(f"{workspace_id}/{content_id}")
        await db.write(scope, before, job.subject_id)
        while await db.write(scope, actions.erase_some, job.subject_id):
            pass
        await db.write(scope, actions.finish, job.subject_id)

    async def destroy(workspace_id: str, job: DestroyKey) -> None:
        await asyncio.to_thread(house.keyring.destroy, [KeyName(workspace_id, job.key_id)])
        await house.db.write(system(workspace_id, job.purpose), actions.note_destroyed)

    return {ErasePerson: erase, DestroyKey: destroy}
