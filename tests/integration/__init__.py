"""The whole road in tests: staged apps on a stage, inputs to entities, two tenants, kills, the official client."""
