"""Who a token speaks for: OIDC tokens, and the claims that a gateway has verified already."""
