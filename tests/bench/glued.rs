//! Tables on one line without separators.

use super::layout::TextLine;
use super::page::{Block, Page, Role};
use super::physical::{Gaps, physical};
use super::random::Random;

/// Everything from section 二 on in one line; after a cell, a space is left in `spaces` of a
/// hundred cases.
pub(crate) fn write(page: &Page, spaces: u64, random: &mut Random) -> Vec<TextLine> {
    let mut lines = Vec::new();
    let mut whole = TextLine {
        text: String::new(),
        roles: Vec::new(),
    };
    let mut seen_table = false;
    for block in &page.blocks {
        match block {
            Block::Heading(text) if text.contains('二') && text.contains('、') => {
                seen_table = true;
                whole.text.push_str(text);
            }
            Block::Heading(text) | Block::Prose(text) if seen_table => {
                whole.text.push_str(text);
                whole.roles.push(Role::Text);
            }
            Block::Heading(text) | Block::Prose(text) => lines.push(TextLine::text(text)),
            Block::Table(grid) => {
                for slot in physical(grid, Gaps::Drop)
                    .iter()
                    .flat_map(|(_, slots)| slots)
                {
                    whole.text.push_str(&slot.text.replace('\n', ""));
                    whole.roles.push(slot.role);
                    if random.chance(spaces) {
                        whole.text.push(' ');
                    }
                }
            }
        }
    }
    lines.push(whole);
    lines
}
