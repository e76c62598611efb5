"""From events of AWS to services and back: decode, call, encode, map errors."""
