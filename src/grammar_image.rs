//! The grammars of `grammars/`, as the build script left them.

pub(crate) const IMAGE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/grammars.image"));
