"""The ground floor: database, unit of work, jobs, files, web furniture; it knows no safety."""
