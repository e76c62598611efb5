"""The adapter of the library that searches for many words at once."""
