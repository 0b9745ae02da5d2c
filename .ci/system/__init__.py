"""The system test: real agent processes in network namespaces, a real broker, real serial lines (ptys)."""
