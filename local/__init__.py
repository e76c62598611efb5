"""The local run: the same template on an emulator of AWS, on this machine."""
