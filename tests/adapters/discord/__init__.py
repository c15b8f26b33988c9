"""The Discord adapter against a stand-in of Discord."""
