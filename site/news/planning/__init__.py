"""The week at a glance: what is published when, what a county owes its readers, what there is to tell."""
