// Placeholder until the first slice of DVTerminal lands.
