"""WebSocket: sessions, and one action a frame."""
