"""Run MiniStack with every adapter: `python -m local.emulator`, set up by the environment.

`local.start` gives the variables; those of MiniStack are in its README, ours are
CHIRRUP_LAYERS_DIR, CHIRRUP_RUNTIME_DIR and CHIRRUP_FUNCTION_LOG.
"""

import sys
from types import ModuleType

from local.emulator import (
    aws_addresses,
    batch_actions,
    borrowed_packages,
    bursts,
    connection_record,
    deep_frames,
    disconnect_code,
    failure_text,
    form_fields,
    frame_limits,
    function_logs,
    handlers_in_turn,
    large_batches,
    leading_keys,
    log_wait,
    multipart_tags,
    openapi_body,
    refused_handshake,
    refused_types,
    route_fallback,
    secure_transport,
    table_settings,
    topic_retries,
    unasked_replies,
    unnamed_identity,
    unpacking,
)
from local.emulator.ministack import MiniStack, WrongVersion, check_version
from local.emulator.orphaned import stop_with_starter

# Those on the answers of WebSocket handlers wrap one another: the failure is made a frame first,
# then replies are dropped, then the handshake reads the status.
ADAPTERS: tuple[ModuleType, ...] = (
    log_wait,
    borrowed_packages,
    unpacking,
    aws_addresses,
    function_logs,
    bursts,
    handlers_in_turn,
    failure_text,
    unasked_replies,
    refused_handshake,
    route_fallback,
    deep_frames,
    frame_limits,
    disconnect_code,
    connection_record,
    unnamed_identity,
    refused_types,
    openapi_body,
    table_settings,
    leading_keys,
    batch_actions,
    secure_transport,
    topic_retries,
    large_batches,
    form_fields,
    multipart_tags,
)


def main() -> int:
    """Check the version, patch, serve until SIGTERM or SIGINT."""
    try:
        check_version()
    except WrongVersion as error:
        print(error, file=sys.stderr)
        return 1
    stop_with_starter()
    ministack = MiniStack()
    for adapter in ADAPTERS:
        adapter.install(ministack)
    sys.argv = sys.argv[:1]
    ministack.app.main()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
