"""The papers that officers issue, as content for the documents kit."""
