//! Names of tags -> what they do to the lines of a page.

/// What an element does to the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// `table`
    Table,
    /// `thead`, `tbody`, `tfoot`
    Section,
    /// `tr`
    Row,
    /// `td`, `th`
    Cell,
    /// `p`, `div`, `li`: stands on lines of its own.
    Block,
    /// `pre`: a block whose line ends count.
    Preformatted,
    /// `br`
    Break,
    /// `title`
    Title,
    /// `script`, `style`: nothing of it is shown as text.
    Skipped,
    /// `select`: its options are no text of the page.
    Select,
    /// `option`
    Choice,
    /// `sup`, `del`, `img`: what stands on its sides is not one number.
    Apart,
    /// `span`, `font`, `o:p` and whatever is unknown: no border at all.
    Inline,
}

impl Tag {
    /// What an element of this name does; the tokenizer has made the name lower case.
    pub(super) fn of(name: &[u8]) -> Self {
        match name {
            b"table" => Self::Table,
            b"thead" | b"tbody" | b"tfoot" => Self::Section,
            b"tr" => Self::Row,
            b"td" | b"th" => Self::Cell,
            b"br" => Self::Break,
            b"pre" | b"listing" => Self::Preformatted,
            b"title" => Self::Title,
            b"select" | b"datalist" => Self::Select,
            b"option" | b"optgroup" => Self::Choice,
            b"script" | b"style" | b"noscript" | b"iframe" | b"noembed" | b"noframes"
            | b"template" | b"textarea" | b"xml" => Self::Skipped,
            b"sup" | b"sub" | b"s" | b"del" | b"strike" | b"ruby" | b"rt" | b"rp" | b"img"
            | b"input" | b"button" | b"object" | b"video" | b"audio" | b"canvas" | b"svg" => {
                Self::Apart
            }
            b"address" | b"article" | b"aside" | b"blockquote" | b"body" | b"caption"
            | b"center" | b"dd" | b"details" | b"dialog" | b"dir" | b"div" | b"dl" | b"dt"
            | b"fieldset" | b"figcaption" | b"figure" | b"footer" | b"form" | b"h1" | b"h2"
            | b"h3" | b"h4" | b"h5" | b"h6" | b"head" | b"header" | b"hgroup" | b"hr" | b"html"
            | b"legend" | b"li" | b"main" | b"marquee" | b"menu" | b"nav" | b"ol" | b"p"
            | b"search" | b"section" | b"summary" | b"ul" => Self::Block,
            // The name of a broken tag: </td#<td>.
            _ if !name
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || b":-_.".contains(byte)) =>
            {
                Self::Apart
            }
            _ => Self::Inline,
        }
    }

    /// Whether it is a part of a table, which ends whatever was left open inside a cell.
    pub(super) fn is_of_table(self) -> bool {
        matches!(self, Self::Table | Self::Section | Self::Row | Self::Cell)
    }
}

/// Whether an element of this name has no content and no end tag.
pub(super) fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"source"
            | b"track"
            | b"wbr"
    )
}
