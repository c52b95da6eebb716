// Placeholder until the first slice of DVObjects lands.
