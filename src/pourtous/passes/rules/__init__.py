"""What passes obey: pure functions, without database or clock."""
