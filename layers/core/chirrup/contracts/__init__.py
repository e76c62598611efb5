"""Wire shapes as pydantic models: the source of OpenAPI, AsyncAPI and JSON Schemas."""
