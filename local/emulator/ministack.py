"""MiniStack's modules, and the one version of it that the adapters know."""

from importlib import import_module, metadata
from typing import Any

VERSION = "1.5.33"


class WrongVersion(Exception):
    """The installed MiniStack is not the one whose functions the adapters patch."""


def check_version() -> None:
    """Refuse any MiniStack but the known one.

    Raises:
        WrongVersion: Another version, or none, is installed.
    """
    try:
        found = metadata.version("ministack")
    except metadata.PackageNotFoundError as error:
        raise WrongVersion(f"MiniStack {VERSION} is not installed here.") from error
    if found != VERSION:
        raise WrongVersion(
            f"MiniStack {found} is installed, but the adapters in local/emulator/ patch "
            f"functions of {VERSION}. Install {VERSION}, or look each adapter through and "
            "raise VERSION in local/emulator/ministack.py."
        )


class MiniStack:
    """Its modules by the names that the adapters use; unit tests pass stand-ins instead."""

    # MiniStack has no types, hence Any.
    def __init__(self) -> None:
        self.app: Any = import_module("ministack.app")
        self.apigateway: Any = import_module("ministack.services.apigateway")
        self.dynamodb: Any = import_module("ministack.services.dynamodb")
        self.iam_actions: Any = import_module("ministack.core.iam_actions")
        self.iam_evaluator: Any = import_module("ministack.core.iam_evaluator")
        self.lambda_svc: Any = import_module("ministack.services.lambda_svc")
        self.lambda_runtime: Any = import_module("ministack.core.lambda_runtime")
        self.provisioners: Any = import_module("ministack.services.cloudformation.provisioners")
        self.s3: Any = import_module("ministack.services.s3")
        self.sns: Any = import_module("ministack.services.sns")
        self.sqs: Any = import_module("ministack.services.sqs")
        self.ws_stream: Any = import_module("hypercorn.protocol.ws_stream")
