// Placeholder until the first slice of DVProject lands.
