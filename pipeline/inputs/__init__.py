"""What people wrote, from files to the model: assessment, framework, tables, register, narrative, citations."""
