"""The full-screen dashboard; the only place that knows Textual."""
