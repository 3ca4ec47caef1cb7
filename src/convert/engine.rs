//! OpenCC, or the word that it is not there.

use std::fmt;

/// Why no conversion can be had.
///
/// ```
/// use gongkai::convert::ConvertError;
/// assert!(ConvertError::NotBuilt.to_string().contains("--features convert"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConvertError {
    /// Built without the feature `convert`.
    NotBuilt,
    /// OpenCC cannot open this configuration.
    Dictionary(&'static str),
}

impl fmt::Display for ConvertError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotBuilt => write!(
                f,
                "conversion is not built in; install `libopencc-dev` and `pkg-config`, \
                 then build again with `--features convert`"
            ),
            Self::Dictionary(name) => {
                write!(f, "OpenCC cannot open `{name}`; install `libopencc-data`")
            }
        }
    }
}

impl std::error::Error for ConvertError {}

#[cfg(feature = "convert")]
pub(super) use system::Engine;

#[cfg(not(feature = "convert"))]
pub(super) use none::Engine;

#[cfg(feature = "convert")]
mod system {
    use std::fmt;

    use opencc_rust::OpenCC;

    use super::ConvertError;

    /// OpenCC with one configuration.
    pub(crate) struct Engine(OpenCC);

    impl Engine {
        pub(crate) fn open(configuration: &'static str) -> Result<Self, ConvertError> {
            OpenCC::new(configuration)
                .map(Self)
                .map_err(|_| ConvertError::Dictionary(configuration))
        }

        /// `text`, which holds no NUL, converted.
        pub(crate) fn convert(&self, text: &str) -> String {
            self.0.convert(text)
        }
    }

    impl fmt::Debug for Engine {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("OpenCC")
        }
    }
}

#[cfg(not(feature = "convert"))]
mod none {
    use super::ConvertError;

    /// Never made.
    #[derive(Debug)]
    pub(crate) enum Engine {}

    impl Engine {
        pub(crate) const fn open(_: &'static str) -> Result<Self, ConvertError> {
            Err(ConvertError::NotBuilt)
        }

        pub(crate) fn convert(&self, _: &str) -> String {
            match *self {}
        }
    }
}
