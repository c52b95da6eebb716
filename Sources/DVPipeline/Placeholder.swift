// Placeholder until the first slice of DVPipeline lands.
