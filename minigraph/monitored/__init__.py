"""Training that is watched: hooks around each run, sessions that save, recover and stop, `Supervisor`."""
