"""The field's tables as versioned data with typed, pure loaders."""
