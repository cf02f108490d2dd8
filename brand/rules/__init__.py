"""The rules of the brand: who may use it, how, and what happens otherwise (管理办法)."""
