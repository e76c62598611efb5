"""What queues and topics bring."""
