"""The tables of access, one file each, with every question asked of them."""
