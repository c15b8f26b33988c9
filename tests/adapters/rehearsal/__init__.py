"""The rehearsal room, tested with a small core of its own."""
