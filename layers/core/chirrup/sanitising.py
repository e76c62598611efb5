"""HTML made harmless by nh3, the binding of Rust's ammonia: an allow-list, on a real HTML parser.

See docs/decisions/0022-channels.md for why that library. Only those load it who make materials.
"""

import nh3

SCHEMES = {"https"}
LINK_REL = "noopener noreferrer nofollow"


def clean_html(html: str) -> str:
    """Implements `ports.sanitising.CleanHtml`."""
    # Relative addresses would lead into whatever page shows the text.
    return nh3.clean(html, url_schemes=SCHEMES, url_relative="deny", link_rel=LINK_REL)
