"""The trail of acts: who did what to an application, a licence or a packaging stock, and when."""
