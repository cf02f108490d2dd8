"""Upkeep: backups and their proof, and the record of maintenance (维护及数据备份记录)."""
