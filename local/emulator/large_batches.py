"""Gap: a queue gives a function ten messages at once at most, whatever its mapping says."""

from typing import Any


def install(ministack: Any) -> None:
    sqs = ministack.sqs

    def receive(queue_url: str, max_number: int) -> Any:
        with sqs._queues_lock:
            queue = sqs._get_q(queue_url)
            sqs._expire_retained(queue)
            sqs._dlq_sweep(queue)
            hidden_s = int(queue["attributes"].get("VisibilityTimeout", "30"))
            return sqs._collect_msgs(queue, max_number, hidden_s)

    sqs._receive_messages_for_esm = receive
