"""The use cases around channels, put together."""

from dataclasses import dataclass

from chirrup.ports import Dispatcher
from chirrup.ports.conversations import Conversations
from chirrup.ports.pictures import Pictures
from chirrup.ports.records import Records
from chirrup.service.channel_keeping import ChannelKeeping
from chirrup.service.channels import Channels
from chirrup.service.material_reading import MaterialReading
from chirrup.transport.services import Messaging


@dataclass(frozen=True, slots=True)
class ChannelCases:
    """What users and the administration do with channels.

    Attributes:
        channels: For users.
        keeping: For the administration.
        materials: For users: what channels have published.
    """

    channels: Channels
    keeping: ChannelKeeping
    materials: MaterialReading


def channel_cases(
    messaging: Messaging,
    *,
    conversations: Conversations,
    records: Records,
    dispatcher: Dispatcher,
    pictures: Pictures,
    materials: MaterialReading,
) -> ChannelCases:
    """Put the use cases together.

    Args:
        messaging: What they share with the others.
        conversations: Where heads, members and settings are.
        records: Where channels and rosters are.
        dispatcher: Tells the devices.
        pictures: Shows uploads to everybody.
        materials: Shows materials; messages that pass them on ask it too.
    """
    committing = messaging.committing
    return ChannelCases(
        channels=Channels(
            conversations=conversations,
            records=records,
            dispatcher=dispatcher,
            committing=committing,
            enrolment=messaging.enrolment,
        ),
        keeping=ChannelKeeping(records=records, pictures=pictures, committing=committing),
        materials=materials,
    )
