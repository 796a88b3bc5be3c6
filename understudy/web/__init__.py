"""The stand-in's small web user interface: login, an app's navigation, its dashboards, a search page."""
