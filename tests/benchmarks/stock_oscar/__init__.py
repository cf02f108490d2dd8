"""Oscar as it comes in its wheel, as a peer: its own templates, views and models, on the same articles.

Tuned as far as settings go: cached templates, SQLite with WAL and IMMEDIATE transactions, one connection kept
for each thread, sessions in memory, served by the same server on the same kind of threads as the hall. What
it asks of a search engine costs nothing here (`search_backend`), what it stores of a sandbox project neither.
"""
