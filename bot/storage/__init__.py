"""What the bot remembers: tables, the unit of work, one repository a noun, and the migrations."""
