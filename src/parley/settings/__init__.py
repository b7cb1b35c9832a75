"""Settings: what the administrator decides, from environment variables, documented in docs/reference/settings.md."""

from parley.settings.table import Settings, SettingsError, as_markdown, unknown

__all__ = ["Settings", "SettingsError", "as_markdown", "unknown"]
