"""Gap: a table's TTL and point-in-time recovery in the template are ignored."""

from typing import Any

TYPE = "AWS::DynamoDB::Table"


def install(ministack: Any) -> None:
    dynamodb = ministack.dynamodb
    handlers = ministack.provisioners._RESOURCE_HANDLERS[TYPE]
    create, update = handlers["create"], handlers["update"]

    def apply(name: str, props: dict[str, Any]) -> None:
        if ttl := props.get("TimeToLiveSpecification"):
            dynamodb._update_ttl({"TableName": name, "TimeToLiveSpecification": ttl})
        recovery = props.get("PointInTimeRecoverySpecification") or {}
        wanted = {"PointInTimeRecoveryEnabled": bool(recovery.get("PointInTimeRecoveryEnabled"))}
        dynamodb._update_continuous_backups(
            {"TableName": name, "PointInTimeRecoverySpecification": wanted}
        )

    def create_with_settings(logical_id: str, props: dict[str, Any], stack: str) -> Any:
        name, attributes = create(logical_id, props, stack)
        apply(name, props)
        return name, attributes

    def update_with_settings(
        physical_id: str, old: Any, new: dict[str, Any], stack: str, logical_id: str | None = None
    ) -> Any:
        name, attributes = update(physical_id, old, new, stack, logical_id)
        apply(name, new)
        return name, attributes

    handlers.update({"create": create_with_settings, "update": update_with_settings})
