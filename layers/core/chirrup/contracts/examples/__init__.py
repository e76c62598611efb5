"""An example of every wire shape, for the references; nothing at run time loads this package."""

from chirrup.contracts.examples import (
    channels,
    contents,
    conversations,
    emoji,
    errors,
    frames,
    friends,
    groups,
    media,
    messages,
    rooms,
    search,
    users,
    words,
)
from chirrup.contracts.examples.values import Examples

EXAMPLES: Examples = {
    **channels.EXAMPLES,
    **contents.EXAMPLES,
    **conversations.EXAMPLES,
    **emoji.EXAMPLES,
    **errors.EXAMPLES,
    **frames.EXAMPLES,
    **friends.EXAMPLES,
    **groups.EXAMPLES,
    **media.EXAMPLES,
    **messages.EXAMPLES,
    **rooms.EXAMPLES,
    **search.EXAMPLES,
    **users.EXAMPLES,
    **words.EXAMPLES,
}
"""Examples by model; a test holds that every model has some, and that they are valid."""
