"""Work without a visitor: the clock that enqueues tasks, and the process that does them."""
