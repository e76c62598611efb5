"""Rich text that others wrote, made harmless."""

from collections.abc import Callable

CleanHtml = Callable[[str], str]
"""HTML with nothing left in it that runs, loads from elsewhere than https, or changes the page."""
