//! A form as a person reads it.
