"""Gap: a topic calls a function once, and what fails then is lost.

On AWS the call is asynchronous: repeated as the function's EventInvokeConfig says, and then put to
its on-failure destination. MiniStack does this for other callers; here it does for topics too.
"""

import json
from typing import Any


def event_of(envelope: str, subscription: str) -> dict[str, Any]:
    """The event that a function gets of a notification."""
    record = {
        "EventVersion": "1.0",
        "EventSubscriptionArn": subscription,
        "EventSource": "aws:sns",
        "Sns": json.loads(envelope),
    }
    return {"Records": [record]}


def install(ministack: Any) -> None:
    lambda_svc, sns = ministack.lambda_svc, ministack.sns

    def deliver(endpoint: str, envelope: str, _topic: str, subscription: str, *_rest: Any) -> None:
        function, config, _ = lambda_svc._get_func_record_for_ref(endpoint)
        if function and config:
            record = lambda_svc._execution_record_for_config(function, config)
            lambda_svc.invoke_async_with_retry(record, event_of(envelope, subscription))

    sns._deliver_to_lambda = deliver
