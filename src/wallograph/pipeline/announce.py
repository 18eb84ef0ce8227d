"""Turns releases that became current into messages for the portals that are told of them.

In: the state folder, the hooks. Out: one message a hook and release, in the order of the releases. A release on a base
that only means something on this machine is passed over unless the installation says otherwise.
"""

import json
from typing import Any, Final

from wallograph.iris import digest, is_local
from wallograph.outgoing.hooks import Hooks
from wallograph.release.changes import summary_of
from wallograph.release.state import Release, State

RELEASE_TYPE: Final = "release.published"
TEST_TYPE: Final = "webhook.test"
_ID_LENGTH: Final = 32


def announce(state: State, hooks: Hooks, now: float, *, local: bool) -> int:
    """Queue what is new for each active hook; how many messages that were."""
    current = state.current()
    behind = [hook for hook in hooks.all() if not hook.disabled and current and hook.release < current.number]
    if current is None or not behind:
        return 0
    first, queued = min(hook.release for hook in behind), 0
    for number in state.numbers():
        if not first < number <= current.number:
            continue
        release = state.get(number)
        told = local or not is_local(release.base)
        body = message_body(release) if told else b""
        for hook in behind:
            if hook.release >= number:
                continue
            if told:
                hooks.queue(hook.id, number, message_id(hook.id, release), body, now)
                queued += 1
            else:
                hooks.skip(hook.id, number)
    return queued


def message_id(hook: str, release: Release) -> str:
    """The same for the same hook and release, for ever: a portal that has seen it need not look again."""
    return "msg_" + digest(hook, release.base, str(release.number), length=_ID_LENGTH)


def message_body(release: Release) -> bytes:
    """What a portal is told of a release."""
    summary = dict(summary_of(release))
    moment = summary.pop("moment")
    summary["links"] = {**summary["links"], "dumps": _dumps(release)}
    return _json({"type": RELEASE_TYPE, "timestamp": moment, "data": summary})


def ping_body(moment: str) -> bytes:
    """What a portal is told by a test."""
    return _json({"type": TEST_TYPE, "timestamp": moment, "data": {}})


def _dumps(release: Release) -> str | None:
    """Where the dumps of the edition are that a release belongs to; None when it was made without."""
    number = release.manifest.get("edition") or release.number
    edition = release if number == release.number else Release.open(release.folder.parent / f"{number:06d}")
    return f"{release.base}/dump/{number}/" if edition.manifest.get("dumps") else None


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
