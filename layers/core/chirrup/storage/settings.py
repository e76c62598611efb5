"""A user's own settings of a conversation, and what is noted for them there."""

from collections.abc import Mapping, Sequence
from typing import Any

from chirrup.domain.conversations import Settings
from chirrup.storage.conversation_items import settings_of
from chirrup.storage.dynamo import Dynamo
from chirrup.storage.models import SETTINGS, SettingsItem


class DynamoSettings:
    """Those methods of `ports.Conversations` that write a settings item."""

    def __init__(self, dynamo: Dynamo) -> None:
        self._dynamo = dynamo

    def change_settings(
        self, conversation_id: str, user_id: str, changes: Mapping[str, Any], now: int
    ) -> Settings:
        """See `ports.Conversations`."""
        attributes = SettingsItem.get_attributes()
        actions = [
            attributes[name].remove() if value is None else attributes[name].set(value)
            for name, value in {**changes, "touched_at": now}.items()
        ]
        return settings_of(
            self._dynamo.update(SettingsItem, conversation_id, SETTINGS + user_id, actions)
        )

    def hide(
        self,
        conversation_id: str,
        user_id: str,
        seq: int,
        *,
        unread: bool,
        mentions_all: bool,
        now: int,
    ) -> None:
        """See `ports.Conversations`."""
        actions = [SettingsItem.hidden.add({seq}), SettingsItem.touched_at.set(now)]
        if unread:
            actions.append(SettingsItem.hidden_unread.add({seq}))
        if unread and mentions_all:
            actions.append(SettingsItem.hidden_alls.add({seq}))
        self._dynamo.update(SettingsItem, conversation_id, SETTINGS + user_id, actions)

    def note_mention(self, conversation_id: str, user_id: str, seq: int) -> None:
        """See `ports.Conversations`; adding to a set may be repeated."""
        self._dynamo.update(
            SettingsItem,
            conversation_id,
            SETTINGS + user_id,
            [SettingsItem.mentioned.add({seq})],
        )

    def forget_mentions(self, conversation_id: str, user_id: str, seqs: Sequence[int]) -> None:
        """See `ports.Conversations`."""
        self._dynamo.update(
            SettingsItem,
            conversation_id,
            SETTINGS + user_id,
            [SettingsItem.mentioned.delete(set(seqs))],
        )
