"""DynamoDB by PynamoDB: table definitions, and the stores that implement the ports."""
