"""The history checker: random histories of clients, crashes and races, held against the rules.

Hypothesis draws what the clients do (`actions`) and a tape of bytes (`tape`) that decides
everything else: who goes first at each request, where a function crashes, what is lost or comes
twice (`schedule`, `network`). `world` plays it on a backend; `rules` and `replies` check what is
stored and what is answered, at every step; `ending` what every client has in the end.
"""
