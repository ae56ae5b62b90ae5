"""Forms: `sign_in` for one's own account, `teams` for organisations, units and their people."""
