//! The page itself: tables with merged cells, nested tags, entities.

use super::layout::TextLine;
use super::page::{Block, Grid, Page, Slot};
use super::random::Random;

/// A whole HTML page.
pub(crate) fn write(page: &Page, random: &mut Random) -> Vec<TextLine> {
    let mut lines = vec![
        TextLine::text("<!DOCTYPE html>"),
        TextLine::text("<html lang=\"zh\"><head><meta charset=\"utf-8\">"),
        TextLine::text("<style>td { border: 1px solid; }</style>"),
        TextLine::text("<script>var rows = [1, 2, \"<td>3</td>\"];</script></head><body>"),
        TextLine::text(
            "<ul><li><a href=\"/\">首页</a></li><li><a href=\"/a?b=1&amp;c=2\">栏目</a></li></ul>",
        ),
    ];
    for block in &page.blocks {
        match block {
            Block::Heading(text) => lines.push(TextLine::text(format!("<h2>{text}</h2>"))),
            Block::Prose(text) => {
                lines.push(TextLine::text(format!(
                    "<p style=\"text-indent: 2em\">{text}</p>"
                )));
            }
            Block::Table(grid) => table(grid, random, &mut lines),
        }
    }
    lines.push(TextLine::text("<div>相关链接</div></body></html>"));
    lines
}

fn table(grid: &Grid, random: &mut Random, lines: &mut Vec<TextLine>) {
    lines.push(TextLine::text(
        "<table border=\"1\" cellspacing=\"0\"><tbody>",
    ));
    for row in &grid.rows {
        lines.push(TextLine::text("<tr>"));
        for slot in &row.slots {
            lines.push(TextLine::new(cell(slot, random), slot.role));
        }
        lines.push(TextLine::text("</tr>"));
    }
    lines.push(TextLine::text("</tbody></table>"));
}

fn cell(slot: &Slot, random: &mut Random) -> String {
    let mut attributes = String::new();
    if slot.colspan > 1 {
        attributes.push_str(&format!(" colspan=\"{}\"", slot.colspan));
    }
    if slot.rowspan > 1 {
        attributes.push_str(&format!(" rowspan={}", slot.rowspan));
    }
    let text = if slot.text.trim().is_empty() {
        random.pick(&["&nbsp;", "", "<br>", "&#160;"]).to_owned()
    } else {
        let escaped = slot.text.replace('“', "&ldquo;").replace('”', "&rdquo;");
        escaped.replace('\n', "<br/>")
    };
    let inner = match random.below(4) {
        0 => text,
        1 => format!("<p>{text}</p>"),
        2 => format!("<p align='center'><span lang=EN-US>{text}</span></p>"),
        _ => format!("<strong><font size=3>{text}</font></strong>"),
    };
    format!("<td{attributes}>{inner}</td>")
}
