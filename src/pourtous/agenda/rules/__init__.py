"""Pure rules of the agenda: no database, no clock."""
