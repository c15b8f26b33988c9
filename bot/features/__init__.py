"""One module per thing people notice. Every function takes (event, context) and returns actions."""
