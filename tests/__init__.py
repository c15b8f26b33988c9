"""Tests, named after what they test. A package, or tests/ground_rules would hide the real one."""
