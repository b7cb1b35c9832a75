"""The peers: what somebody would run instead of Parley, at its usual settings, doing the same work."""
