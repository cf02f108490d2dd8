"""The public record: codes, batches, events, scans."""
