// Placeholder until the first slice of DVWorkspace lands.
