// Placeholder until the first slice of DVRemotes lands.
