"""Gap: with IAM enforced, requests in batches ask for rights of their own.

On AWS a batch needs the right of the single request: SendMessageBatch that of `sqs:SendMessage`.
"""

from typing import Any

SINGLE = {
    "sqs:SendMessageBatch": "sqs:SendMessage",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
    "sns:PublishBatch": "sns:Publish",
}
"""Source: Service Authorization Reference, "Actions defined by Amazon SQS" and "… SNS"."""


def install(ministack: Any) -> None:
    extract = ministack.iam_actions.extract_iam_action

    def extract_single(*arguments: Any, **named: Any) -> Any:
        action = extract(*arguments, **named)
        return SINGLE.get(action, action)

    ministack.iam_actions.extract_iam_action = extract_single
