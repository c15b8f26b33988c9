"""Tests of each adapter against a local stand-in."""
