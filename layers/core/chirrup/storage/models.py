"""The tables, as PynamoDB models; a test holds them against `template.yaml`.

Objects whose inside is never queried (content, quote, reactions, preview) are kept as JSON text:
smaller than a DynamoDB map, cheaper to encode, and exact for any JSON number.
"""

from pynamodb.attributes import (
    BooleanAttribute,
    NumberAttribute,
    NumberSetAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
)
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection
from pynamodb.models import Model

HEAD = "HEAD"
MEMBER = "MEMBER#"
SETTINGS = "SETTINGS#"
PROFILE = "PROFILE"
PRESENCE = "PRESENCE"
TICKET = "TICKET"


class EntryItem(Model):
    """An entry of a timeline. `revision` is always there, for optimistic writes."""

    class Meta:
        """Logical name; the real one comes from the settings."""

        table_name = "messages"

    conversation_id = UnicodeAttribute(hash_key=True)
    seq = NumberAttribute(range_key=True)
    sender_id = UnicodeAttribute()
    client_id = UnicodeAttribute(null=True)
    type = UnicodeAttribute()
    content = UnicodeAttribute()
    sent_at = NumberAttribute()
    running = NumberAttribute(attr_name="count")  # `count` is a method of Model
    digest = UnicodeAttribute(null=True)
    revision = NumberAttribute()
    quote = UnicodeAttribute(null=True)
    forwarded = UnicodeAttribute(null=True)
    edits = NumberAttribute(null=True)
    edited_at = NumberAttribute(null=True)
    reactions = UnicodeAttribute(null=True)
    recalled_by = UnicodeAttribute(null=True)
    recalled_at = NumberAttribute(null=True)
    changes = NumberAttribute(null=True)
    previous = UnicodeAttribute(null=True)
    alls = NumberAttribute(null=True)
    expires_at = NumberAttribute(null=True)


class HeadItem(Model):
    """The head of a conversation."""

    class Meta:
        """Logical name; the real one comes from the settings."""

        table_name = "conversations"

    conversation_id = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    last_seq = NumberAttribute()
    running = NumberAttribute(attr_name="count")  # `count` is a method of Model
    last_of = UnicodeAttribute(null=True)
    preview_seq = NumberAttribute()
    preview = UnicodeAttribute(null=True)
    alls = NumberAttribute(null=True)
    group = UnicodeAttribute(null=True)
    roster = NumberAttribute(null=True)


class ByUser(GlobalSecondaryIndex["MemberItem"]):  # type: ignore[no-untyped-call]
    """A user's conversations; only member items have a `user_id`, so only they stand in it."""

    class Meta:
        """Keys only: a send changes no key, so it never writes the index."""

        index_name = "by_user"
        projection = KeysOnlyProjection()

    user_id = UnicodeAttribute(hash_key=True)
    conversation_id = UnicodeAttribute(range_key=True)


class MemberItem(Model):
    """A member of a conversation; all that a send has to know of its sender."""

    class Meta:
        """Logical name; the real one comes from the settings."""

        table_name = "conversations"

    by_user = ByUser()
    conversation_id = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    user_id = UnicodeAttribute()
    read_seq = NumberAttribute()
    read_count = NumberAttribute()
    read_alls = NumberAttribute(null=True)
    cleared_seq = NumberAttribute(null=True)
    muted_by_peer = BooleanAttribute(null=True)
    friends = BooleanAttribute(null=True)
    blocked_by_peer = BooleanAttribute(null=True)
    blocking_peer = BooleanAttribute(null=True)
    role = UnicodeAttribute(null=True)
    since = NumberAttribute(null=True)
    joined_seq = NumberAttribute(null=True)
    left_seq = NumberAttribute(null=True)
    left_count = NumberAttribute(null=True)
    left_alls = NumberAttribute(null=True)
    left_name = UnicodeAttribute(null=True)
    stays = UnicodeAttribute(null=True)
    muted_until = NumberAttribute(null=True)
    banned = BooleanAttribute(null=True)
    nickname = UnicodeAttribute(null=True)
    acl = NumberAttribute(null=True)
    pair = NumberAttribute(null=True)
    touched_at = NumberAttribute(null=True)
    rate_due = NumberAttribute(null=True)
    rate_minute = NumberAttribute(null=True)
    rate_sent = NumberAttribute(null=True)
    recent = UnicodeSetAttribute(null=True)
    recent_since = NumberAttribute(null=True)
    typing_at = NumberAttribute(null=True)


class SettingsItem(Model):
    """A user's own settings of a conversation, apart from the member item to keep that small."""

    class Meta:
        """Logical name; the real one comes from the settings."""

        table_name = "conversations"

    conversation_id = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    muted = BooleanAttribute(null=True)
    pinned = BooleanAttribute(null=True)
    archived = BooleanAttribute(null=True)
    marked_unread = BooleanAttribute(null=True)
    draft = UnicodeAttribute(null=True)
    hidden = NumberSetAttribute(null=True)
    hidden_unread = NumberSetAttribute(null=True)
    hidden_alls = NumberSetAttribute(null=True)
    mentioned = NumberSetAttribute(null=True)
    remark = UnicodeAttribute(null=True)
    touched_at = NumberAttribute(null=True)


class ConversationRecordItem(Model):
    """A record of a conversation; what is in it is JSON, since only its key is ever queried."""

    class Meta:
        """Logical name; the real one comes from the settings."""

        table_name = "conversations"

    conversation_id = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    data = UnicodeAttribute()
    version = NumberAttribute()
    expires_at = NumberAttribute(null=True)


class UserRecordItem(Model):
    """A record of a user; what is in it is JSON, since only its key is ever queried."""

    class Meta:
        """Logical name; the real one comes from the settings."""

        table_name = "users"

    user_id = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    data = UnicodeAttribute()
    version = NumberAttribute()
    expires_at = NumberAttribute(null=True)


class CatalogRecordItem(Model):
    """A record of the catalog; what is in it is JSON, since only its key is ever queried."""

    class Meta:
        """Logical name; the real one comes from the settings."""

        table_name = "catalog"

    kind = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    data = UnicodeAttribute()
    version = NumberAttribute()
    expires_at = NumberAttribute(null=True)


class ConnectionsItem(Model):
    """A user's open WebSockets."""

    class Meta:
        """Logical name; the real one comes from the settings."""

        table_name = "connections"

    user_id = UnicodeAttribute(hash_key=True)
    sockets = UnicodeSetAttribute(null=True)
    expires_at = NumberAttribute(null=True)


class ByName(GlobalSecondaryIndex["ProfileItem"]):  # type: ignore[no-untyped-call]
    """Users by name; only listed profiles have these attributes, so only they stand in it."""

    class Meta:
        """Keys only: what is shown is read from the profiles, which do not lag."""

        index_name = "by_name"
        projection = KeysOnlyProjection()

    name_initial = UnicodeAttribute(hash_key=True)
    name_key = UnicodeAttribute(range_key=True)


class ProfileItem(Model):
    """A user's profile."""

    class Meta:
        """Logical name; the real one comes from the settings."""

        table_name = "users"

    by_name = ByName()
    user_id = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    name = UnicodeAttribute()
    picture = UnicodeAttribute(null=True)
    created_at = NumberAttribute()
    listed = BooleanAttribute(null=True)
    presence_hidden = BooleanAttribute(null=True)
    name_initial = UnicodeAttribute(null=True)
    name_key = UnicodeAttribute(null=True)


class PresenceItem(Model):
    """When a user was seen last, apart from the profile, which others read far more often."""

    class Meta:
        """Logical name; the real one comes from the settings."""

        table_name = "users"

    user_id = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    last_seen = NumberAttribute()


class TicketItem(Model):
    """A ticket to open a WebSocket; its key is a hash of it."""

    class Meta:
        """Logical name; the real one comes from the settings."""

        table_name = "catalog"

    kind = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    user_id = UnicodeAttribute()
    name = UnicodeAttribute(null=True)
    picture = UnicodeAttribute(null=True)
    token_expires_at = NumberAttribute()
    valid_until = NumberAttribute()
    expires_at = NumberAttribute()


MODELS: tuple[type[Model], ...] = (
    EntryItem,
    HeadItem,
    MemberItem,
    SettingsItem,
    ConversationRecordItem,
    UserRecordItem,
    CatalogRecordItem,
    ConnectionsItem,
    ProfileItem,
    PresenceItem,
    TicketItem,
)
