"""Real WebSocket clients against the stack that `template.yaml` deploys, on the emulator.

What plays a client (`client`, `http`) knows `.chirrup/local.json` and the wire protocol, and
nothing of the package.
"""
