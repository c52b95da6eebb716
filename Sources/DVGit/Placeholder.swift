// Placeholder until the first slice of DVGit lands.
