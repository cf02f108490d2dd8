"""After a sale: what a buyer asks for, what the seller answers, what the office decides."""
