"""From the domain to the wire."""

from chirrup.contracts.messages import MessageView, QuoteView, ReactionView, RecalledView
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
        edited_at=entry.edited_at,
        version=entry.edits or None,
        reactions=[
            ReactionView(reaction=reaction, count=len(users), user_ids=list(users))
            for reaction, users in entry.reactions.items()
        ]
        or None,
        recalled=RecalledView(by=entry.recalled.by, at=entry.recalled.at)
        if entry.recalled
        else None,
        changed=message_view(changed) if changed else None,
    )
