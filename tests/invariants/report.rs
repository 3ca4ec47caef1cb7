//! A whole report, damaged in ways that the bytes choose, is an input like any other.

use super::extraction;

const REPORTS: [&str; 8] = [
    include_str!("../../samples/annual_2021/cells-gaps-hant.txt"),
    include_str!("../../samples/annual_2021/glued.txt"),
    include_str!("../../samples/annual_2021/markdown.txt"),
    include_str!("../../samples/annual_2021/tabs.txt"),
    include_str!("../../samples/annual_2019/glued-hant.txt"),
    include_str!("../../samples/annual_2019/lone-pipe-hant.txt"),
    include_str!("../../samples/annual_2019/mirror-padded-hant.txt"),
    include_str!("../../samples/annual_2019/pdf-raw.txt"),
];

const PIECES: [&str; 24] = [
    "0",
    "1",
    "00",
    "-",
    "/",
    "|",
    "||",
    "\t",
    "\n",
    "\n\n",
    " ",
    "　",
    "．",
    "1,204",
    "+3",
    "99999999999999999999999999999",
    "（其中修订 1 件）",
    "<td>",
    "</table><table>",
    "&#x36;",
    "总计",
    "其他",
    "\u{200B}",
    "第 3 页",
];

/// The first byte chooses a report, each group of four a damage.
pub(crate) fn holds(bytes: &[u8]) {
    let Some((first, damages)) = bytes.split_first() else {
        return;
    };
    let report = REPORTS[usize::from(*first) % REPORTS.len()];
    let mut lines: Vec<String> = report.split('\n').map(str::to_owned).collect();
    for damage in damages.as_chunks().0.iter().take(32) {
        self::damage(&mut lines, damage);
    }
    extraction::holds(lines.join("\n").as_bytes());
}

fn damage(lines: &mut Vec<String>, [kind, high, low, with]: &[u8; 4]) {
    let at = usize::from(u16::from_be_bytes([*high, *low])) % lines.len().max(1);
    let with = usize::from(*with);
    let Some(line) = lines.get_mut(at) else {
        return;
    };
    let places: Vec<usize> = line.char_indices().map(|(place, _)| place).collect();
    let place = places.get(with % places.len().max(1)).copied();
    match kind % 8 {
        0 => drop(lines.remove(at)),
        1 => {
            let copy = line.clone();
            lines.insert((at + with) % lines.len(), copy);
        }
        2 => {
            let other = (at + 1 + with) % lines.len();
            lines.swap(at, other);
        }
        3 => line.push_str(PIECES[with % PIECES.len()]),
        4 => line.insert_str(0, PIECES[with % PIECES.len()]),
        5 => drop(place.map(|place| line.remove(place))),
        6 => {
            let rest = place.map_or_else(String::new, |place| line.split_off(place));
            lines.insert(at + 1, rest);
        }
        _ if at + 1 < lines.len() => {
            let next = lines.remove(at + 1);
            lines[at].push_str(&next);
        }
        _ => {}
    }
}
