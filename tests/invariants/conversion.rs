//! A converted text and its source align from end to end.

use std::sync::LazyLock;

use gongkai::convert::{ConvertError, Converter, Kind, Phrases, Target};

static CONVERTERS: LazyLock<Vec<Converter>> = LazyLock::new(|| {
    let targets = [Target::Hans, Target::Hant, Target::Tw, Target::Hk];
    let open = |target| match Converter::new(target, Phrases::genre()) {
        Ok(converter) => Some(converter),
        // Then there is nothing to convert with.
        Err(ConvertError::NotBuilt) => None,
        Err(error) => panic!("{error}"),
    };
    targets.into_iter().filter_map(open).collect()
});

/// The bytes are a text to convert to each script.
pub(crate) fn holds(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for converter in CONVERTERS.iter() {
        let converted = converter.convert(&text);
        let (aligned, alignment) = converter.convert_aligned(&text);
        assert_eq!(converted, aligned);
        let (mut source, mut target) = (0, 0);
        for segment in alignment.segments() {
            assert_eq!(
                (segment.source.start, segment.target.start),
                (source, target)
            );
            (source, target) = (segment.source.end, segment.target.end);
            // These slices panic where an end is none of a character.
            let from = &text[segment.source.clone()];
            let to = &converted[segment.target.clone()];
            assert!(!(from.is_empty() && to.is_empty()));
            if segment.kind == Kind::Same {
                assert_eq!(from, to);
            }
        }
        assert_eq!((source, target), (text.len(), converted.len()));
        let ends = |text: &str| text.matches(['\n', '\r', '\0']).count();
        assert_eq!(
            ends(&text),
            ends(&converted),
            "lines are neither added nor lost"
        );
    }
}
