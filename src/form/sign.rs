//! Signs as a Chinese keyboard gives them, where the language has those of ASCII.

use super::super::script::fold;

/// What to write where `wrong` begins with another form of a sign of the language.
pub(crate) fn help(wrong: &str) -> Option<String> {
    let sign = wrong.chars().next()?;
    let plain = match sign {
        '≤' | '≦' => "<=".to_owned(),
        '≥' | '≧' => ">=".to_owned(),
        // Of both kinds of quotes, the ones that TOML and the language take.
        _ => Some(fold(sign))
            .filter(|plain| plain.is_ascii() && !sign.is_ascii())
            .map(String::from)?,
    };
    let what = match sign {
        '\u{3000}' => return Some("this space is full-width: write a plain one".to_owned()),
        '\u{FF01}'..='\u{FF5E}' => "is full-width",
        '“' | '”' | '‘' | '’' => "is a curly quote",
        _ => "is not the sign of the keyboard",
    };
    Some(format!("`{sign}` {what}: write `{plain}`"))
}

#[test]
fn only_another_form_of_a_sign_is_helped() {
    let said = |text| help(text).unwrap_or_default();
    assert_eq!(said("＝ b"), "`＝` is full-width: write `=`");
    assert_eq!(said("“表”"), "`“` is a curly quote: write `\"`");
    assert_eq!(
        said("− b"),
        "`−` is not the sign of the keyboard: write `-`"
    );
    assert_eq!(
        said("≤ b"),
        "`≤` is not the sign of the keyboard: write `<=`"
    );
    assert_eq!((help("= b"), help("表"), help("")), (None, None, None));
}
