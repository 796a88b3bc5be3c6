"""What an institution watches (identifiers, entities, areas), what is new of it, and the alerts of both."""

from minerva.tenancy.watching.alerts import alert, alerts, keep_alert
from minerva.tenancy.watching.checking import watch_check
from minerva.tenancy.watching.items import watchlist

__all__ = ["alert", "alerts", "keep_alert", "watch_check", "watchlist"]
