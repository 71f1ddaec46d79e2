"""The tenant: an enterprise's record, people, posts, duties, its one code and one file."""
