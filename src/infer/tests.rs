//! Unknown tables in each layout, read or withheld.
