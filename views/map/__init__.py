"""The one map: the page in QtWebEngine, its scheme, bridge and fallback."""
