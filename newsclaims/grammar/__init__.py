"""The rules: one TOML file a claim type."""
