"""Oscar's delivery, priced by the hall's freight templates."""
