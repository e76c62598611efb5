"""docs/reference/settings.md: parameters, environment variables and fixed limits."""

import json
from typing import Any

from chirrup.contracts.content import MENTIONS_MAX
from chirrup.contracts.emoji import PACKS_SHOWN
from chirrup.contracts.fields import URL_MAX
from chirrup.contracts.groups import FIRST_MAX
from chirrup.contracts.messages import HISTORY_MAX, REACTORS_SHOWN
from chirrup.contracts.presence import ASKED_MAX
from chirrup.contracts.search import QUERY_MAX, RESULTS_MAX
from chirrup.contracts.sync import CURSORS_MAX
from chirrup.contracts.users import FOUND_MAX, NAME_MAX
from chirrup.domain.channels import CHANNELS_MAX, CHUNK_MAX, EVERYONE_MAX
from chirrup.domain.channels import NAME_MAX as CHANNEL_NAME_MAX
from chirrup.domain.connections import DEVICE_MAX, DEVICES_MAX, LIFETIME_MS
from chirrup.domain.contents import MEDIA_BYTES_MAX
from chirrup.domain.conversations import DRAFT_MAX, PREVIEW_MAX
from chirrup.domain.emoji import EMOJI_MAX, PACKS_MAX, SIDE_MAX
from chirrup.domain.emoji import NAME_MAX as PICTURE_NAME_MAX
from chirrup.domain.faces import FACES_BYTES_MAX, FACES_MAX
from chirrup.domain.frames import FRAME_BYTES_MAX
from chirrup.domain.friends import (
    REASON_MAX,
    REMARK_MAX,
    REQUEST_EXPIRES_MS,
    TAG_MAX,
    TAGS_MAX,
)
from chirrup.domain.friends import TEXT_MAX as ASKING_MAX
from chirrup.domain.groups import (
    ADMINS_MAX,
    DESCRIPTION_MAX,
    GROUPS_A_DAY,
    GROUPS_MAX,
    INVITED_MAX,
    NICKNAME_MAX,
    REQUEST_TEXT_MAX,
    SLOW_MAX_S,
)
from chirrup.domain.groups import NAME_MAX as GROUP_NAME_MAX
from chirrup.domain.hits import FOUND_MAX as HIT_WORDS_MAX
from chirrup.domain.hits import KEPT_MS as HITS_KEPT_MS
from chirrup.domain.invites import LINK_USES_MAX, LINKS_MAX
from chirrup.domain.joining import REQUEST_MS
from chirrup.domain.mailings import USERS_MAX
from chirrup.domain.materials import HTML_BYTES_MAX
from chirrup.domain.media import UNUSED_MS, URL_MS
from chirrup.domain.media_parts import MB, PART_SIZE, WHOLE_MAX
from chirrup.domain.messages import (
    CONTENT_BYTES_MAX,
    CUSTOM_BYTES_MAX,
    EDIT_WINDOW_MS,
    EXCERPT_MAX,
    REACTION_BYTES_MAX,
    REACTION_KINDS_MAX,
    REACTIONS_MAX,
    RECALL_WINDOW_MS,
    TEXT_MAX,
)
from chirrup.domain.quotas import FRIENDS_MAX
from chirrup.domain.rates import BURST, INTERVAL_MS, PER_MINUTE
from chirrup.domain.rosters import CHUNKS
from chirrup.domain.templates import TEXT_MAX as TEMPLATE_TEXT_MAX
from chirrup.domain.upload_quotas import UPLOADS_AN_HOUR
from chirrup.domain.words import CATEGORY_MAX, WORD_MAX, WORDS_MAX
from chirrup.identity.oidc import KEYS_FOR_MS, REFRESH_EVERY_MS
from chirrup.service.conversations import TYPING_EVERY_MS
from chirrup.service.downloads import LINK_MS, USES
from chirrup.service.enrolment import FRESH_MS
from chirrup.service.finding import CONVERSATIONS_MAX, ENTRIES_MAX
from chirrup.service.reading import SYNC_MESSAGES, SYNC_PAGE
from chirrup.service.retrying import HORIZON, LATE_MS, SHORT_HORIZON
from chirrup.service.sessions import TICKET_MS
from chirrup.service.telling import USERS_A_SECOND
from chirrup.service.word_files import PROBLEMS_MAX
from chirrup.service.word_list import GRACE_MS, LOOK_EVERY_MS
from chirrup.transport.http.api import BODY_BYTES_MAX
from local.contracts.template import Template, read
from local.contracts.text import fill

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
NO_VALUE = {"Ref": "AWS::NoValue"}
BY_MODE = {
    "SendsByCarrier": "in all send modes but `local`",
    "SendsByRedis": "in `redis`",
    "SendsByRocketmq": "in `rocketmq`",
    "SendsByKafka": "in `kafka`",
    "SendsByRabbitmq": "in `rabbitmq`",
}
"""Conditions of the template that depend on the send mode, in words."""
LIMITS = {
    "Text of a message, in characters": TEXT_MAX,
    "Mentions in a text": MENTIONS_MAX,
    "Content of any type, as JSON": f"{CONTENT_BYTES_MAX // 1024} KB",
    "Data of a `custom` message, as JSON": f"{CUSTOM_BYTES_MAX // 1024} KB",
    "Frame, either way": f"{FRAME_BYTES_MAX // 1024} KB",
    "Body of an HTTP request": f"{BODY_BYTES_MAX // 1024} KB",
    "Excerpt of a quoted text, in characters": EXCERPT_MAX,
    "Excerpt in the conversation list, in characters": PREVIEW_MAX,
    "Draft, in characters": DRAFT_MAX,
    "Reaction": f"{REACTION_BYTES_MAX} bytes",
    "Kinds of reactions on a message": REACTION_KINDS_MAX,
    "Reactions on a message, of all kinds": REACTIONS_MAX,
    "Users named beside them": REACTORS_SHOWN,
    "Time to recall": f"{RECALL_WINDOW_MS // MINUTE} min",
    "Time to edit": f"{EDIT_WINDOW_MS // HOUR} h",
    "Messages of one user into one conversation": f"{SECOND // INTERVAL_MS} a second,"
    f" {BURST} at once, {PER_MINUTE} a minute",
    "Typing, of one user in one conversation": f"once in {TYPING_EVERY_MS // SECOND} s",
    "Entries in a page of history": HISTORY_MAX,
    "Newest entries of a conversation in a sync": SYNC_MESSAGES,
    "Conversations that a page of a sync looks at": SYNC_PAGE,
    "Cursors in a sync": CURSORS_MAX,
    "Devices of a user": DEVICES_MAX,
    "Name of a device, in characters": DEVICE_MAX,
    "Life of a WebSocket": f"{LIFETIME_MS // HOUR} h, never longer than its token",
    "Life of a ticket": f"{TICKET_MS // SECOND} s, never longer than its token",
    "Name of a user, in characters": NAME_MAX,
    "Name of a group, in characters": GROUP_NAME_MAX,
    "Description of a group, in characters": DESCRIPTION_MAX,
    "Name in a group, in characters": NICKNAME_MAX,
    "Admins of a group": ADMINS_MAX,
    "First members of a group": FIRST_MAX,
    "Users invited at once": INVITED_MAX,
    "Groups that a user makes in a day (UTC)": GROUPS_A_DAY,
    "Groups that a user is in": GROUPS_MAX,
    "Slow mode": f"up to {SLOW_MAX_S} s between two messages of a member",
    "Text of a request to join, or of a rejection, in characters": REQUEST_TEXT_MAX,
    "A request to join can be answered for": f"{REQUEST_MS // (24 * HOUR)} days",
    "Links into a group": f"{LINKS_MAX} at a time, each for up to {LINK_USES_MAX} users, or any"
    " number",
    "Address of a picture, in characters": URL_MAX,
    "Users in a page of a search": FOUND_MAX,
    "Users in a question for presence": ASKED_MAX,
    "Friends of a user": FRIENDS_MAX,
    "Time to answer a request for friendship": f"{REQUEST_EXPIRES_MS // (24 * HOUR)} days",
    "Text of a request for friendship, in characters": ASKING_MAX,
    "Reason of a rejection, in characters": REASON_MAX,
    "Remark on a friend, in characters": REMARK_MAX,
    "Tags of a friend": f"{TAGS_MAX}, of {TAG_MAX} characters",
    "Words of a search, in characters": QUERY_MAX,
    "Messages in a page of a search": RESULTS_MAX,
    "Looked at for a page of a search": f"{ENTRIES_MAX} entries, in {CONVERSATIONS_MAX}"
    " conversations",
    "Name of a pack, an emoji or a face, in characters": PICTURE_NAME_MAX,
    "Side of an emoji, in pixels": SIDE_MAX,
    "Packs of emoji": PACKS_MAX,
    "Emoji in a pack": EMOJI_MAX,
    "Packs in a page": PACKS_SHOWN,
    "Faces of a user": f"{FACES_MAX}, and {FACES_BYTES_MAX // 1000} KB of names and addresses",
    "Name of a channel, in characters": CHANNEL_NAME_MAX,
    "Channels": f"{CHANNELS_MAX}, {EVERYONE_MAX} of them everybody's",
    "Subscribers of a channel": f"some {CHUNKS * CHUNK_MAX:,}",
    "A channel of everybody's stands in all lists": f"{FRESH_MS // SECOND} s after it was made",
    "Rich text of a material": f"{HTML_BYTES_MAX // 1024} KB",
    "Users whom a broadcast or a notification names": USERS_MAX,
    "A broadcast is handed over for": f"{USERS_A_SECOND:,} users a second",
    "Text of a template, in characters": TEMPLATE_TEXT_MAX,
    "Upload for an image": f"{MEDIA_BYTES_MAX['image'] // MB} MB; PNG, JPEG, GIF, WebP",
    "Upload for a voice clip": f"{MEDIA_BYTES_MAX['voice'] // MB} MB",
    "Upload for a video": f"{MEDIA_BYTES_MAX['video'] // MB} MB",
    "Upload for a file": f"{MEDIA_BYTES_MAX['file'] // MB} MB, of any type",
    "Uploads come in parts": f"above {WHOLE_MAX // MB} MB, of {PART_SIZE // MB} MB each",
    "Uploads of a user": f"{UPLOADS_AN_HOUR} an hour",
    "An upload may be begun for": f"{URL_MS // HOUR} h",
    "An upload must be used within": f"{UNUSED_MS // HOUR} h",
    "A download may be begun for": f"{LINK_MS // MINUTE} min",
    "Conversations looked through for who may download": USES,
    "Sensitive words": WORDS_MAX,
    "A sensitive word, in characters": WORD_MAX,
    "Category of a sensitive word, in characters": CATEGORY_MAX,
    "Problems of a file of words that are told": PROBLEMS_MAX,
    "A changed list of words is looked for": f"once in {LOOK_EVERY_MS // SECOND} s by what"
    f" sends, in {(LOOK_EVERY_MS + GRACE_MS) // SECOND} s by all else",
    "Words found in one text that are noted": HIT_WORDS_MAX,
    "What was found is kept": f"{HITS_KEPT_MS // (24 * HOUR)} days",
    "The issuer's keys are kept": f"{KEYS_FOR_MS // MINUTE} min",
    "An unknown key is asked for": f"once in {REFRESH_EVERY_MS // SECOND} s",
    "A marked retry is searched in": f"entries since {LATE_MS // MINUTE} min before its `client_id`"
    f" was made, {HORIZON} at most; {SHORT_HORIZON} where the id tells no time",
}


def page() -> str:
    """The page."""
    template = read()
    return fill(
        "settings.md",
        parameters="".join(_group(template, *group) for group in template.groups.items()),
        variables="".join(_variable(template, name) for name in sorted(template.variables)),
        limits="".join(f"| {name} | {value} |\n" for name, value in LIMITS.items()),
    )


def _group(template: Template, title: str, names: list[str]) -> str:
    head = f"\n### {title}\n\n| parameter | default | values | what it does |\n|---|---|---|---|\n"
    return head + "".join(_parameter(name, template.parameters[name]) for name in names)


def _parameter(name: str, said: dict[str, Any]) -> str:
    default = f"`{said['Default']}`" if said["Default"] != "" else "empty"
    return f"| `{name}` | {default} | {_values(said)} | {said['Description']} |\n"


def _values(said: dict[str, Any]) -> str:
    if "AllowedValues" in said:
        return ", ".join(f"`{value}`" for value in said["AllowedValues"])
    if "MinValue" in said:
        return f"{said['MinValue']} to {said['MaxValue']}"
    return (
        str(said.get("ConstraintDescription", "any text")).removeprefix("must ").removeprefix("be ")
    )


def _variable(template: Template, name: str) -> str:
    given = template.variables[name]
    values = {_told(value): None for value in given.values()}
    everyone = {folder for by in template.variables.values() for folder in by}
    functions = (
        "all" if given.keys() == everyone else ", ".join(f"`{one}`" for one in sorted(given))
    )
    return f"| `{name}` | {'; '.join(values)} | {functions} |\n"


def _told(value: Any) -> str:
    """A value of the template, in words."""
    if not isinstance(value, dict):
        return f"`{value}`"
    ((function, argument),) = value.items()
    if function == "Ref":
        return f"`{argument}`"
    if function == "Fn::If":
        condition, then, otherwise = argument
        if condition in BY_MODE:
            rest = "" if otherwise == NO_VALUE else f"; {_told(otherwise)}"
            return f"{_told(then)} {BY_MODE[condition]}{rest}"
        return f"{_told(otherwise)}, or {_told(then)} where that is empty"
    if function == "Fn::Sub" and isinstance(argument, str):
        return f"`{argument}`"
    return f"`{json.dumps(value)}`"
