"""From an event to every device: dispatchers (one for each send mode) and the pusher."""
