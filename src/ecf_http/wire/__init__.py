"""What goes over the wire, by subject: as lead providers send and see it."""
