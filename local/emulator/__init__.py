"""MiniStack, the emulator, with adapters that close its gaps towards AWS.

One module per gap, named after it. Each has an `install` that patches MiniStack's own functions,
so that neither the template nor the product bends for the emulator. This package runs in the
emulator's environment: the standard library and MiniStack only.
"""
