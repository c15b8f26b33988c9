"""Scenarios that every adapter must play. A bug found on one platform becomes a scenario for all."""
