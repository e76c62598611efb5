"""The rules of Chirrup: values in, values out; no clock, no environment, no I/O."""
