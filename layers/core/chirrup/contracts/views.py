"""From the domain to the wire."""

from chirrup.contracts.messages import (
    REACTORS_SHOWN,
    ForwardedView,
    MessageView,
    QuoteView,
    ReactionView,
    RecalledView,
)
from chirrup.domain.messages import Entry


def message_view(entry: Entry, changed: Entry | None = None) -> MessageView:
    """An entry as everyone in the conversation may see it."""
    quote = entry.quote
    return MessageView(
        conversation_id=entry.conversation_id,
        seq=entry.seq,
        client_id=entry.client_id,
        sender_id=entry.sender_id,
        type=entry.type,
        content=dict(entry.content),
        sent_at=entry.sent_at,
        quote=QuoteView(
            seq=quote.seq, sender_id=quote.sender_id, type=quote.type, excerpt=quote.excerpt
        )
        if quote
        else None,
        forwarded_from=ForwardedView(
            sender_id=entry.forwarded.sender_id, sent_at=entry.forwarded.sent_at
        )
        if entry.forwarded
        else None,
        edited_at=entry.edited_at,
        version=entry.edits or None,
        reactions=_reactions(entry) or None,
        recalled=RecalledView(by=entry.recalled.by, at=entry.recalled.at)
        if entry.recalled
        else None,
        changed=message_view(changed) if changed else None,
    )


def _reactions(entry: Entry) -> list[ReactionView]:
    """All kinds with their counts, and who; of many, the first of each kind."""
    many = sum(map(len, entry.reactions.values())) > REACTORS_SHOWN
    shown = REACTORS_SHOWN // len(entry.reactions) if many else None
    return [
        ReactionView(reaction=reaction, count=len(users), user_ids=list(users[:shown]))
        for reaction, users in entry.reactions.items()
    ]
