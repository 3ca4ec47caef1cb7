//! Lines -> title: the line that names a report, the body that made it and the year.

use std::ops::Range;

use super::Marks;
use crate::statement::numeral;
use crate::text::{BORDER, NOISE, Text, is_numeral, letters};

/// Characters of the longest line that may be a title.
const LONGEST_TITLE: usize = 60;

/// Letters of a name that is rather the end of one.
const SHORT: usize = 4;

/// A year, and where its digits stand in the folded text.
type Year = (i32, Range<usize>);

/// The title with what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Title {
    /// Pieces of the title in the folded text.
    pub(crate) pieces: Vec<Range<usize>>,
    pub(crate) agency: Option<Range<usize>>,
    pub(crate) year: Option<Year>,
}

impl Marks {
    /// The first title among `lines` (folded ranges, trimmed).
    ///
    /// A line of the page counts only if there is no other: 上一篇:某局2022年… is the title of another
    /// report, but 标题:某局2023年… may be all there is.
    pub(crate) fn title(&self, text: &Text, lines: &[Range<usize>]) -> Option<Title> {
        let of_report = |line: &Range<usize>| !self.is_furniture(text.get(line));
        self.title_among(text, lines, &of_report)
            .or_else(|| self.title_among(text, lines, &|_| true))
    }

    fn title_among(
        &self,
        text: &Text,
        lines: &[Range<usize>],
        may_be: &dyn Fn(&Range<usize>) -> bool,
    ) -> Option<Title> {
        let mut first: Option<Title> = None;
        for (at, line) in lines.iter().enumerate() {
            let above = lines.get(..at)?;
            let title = may_be(line).then(|| self.title_of(text, above, line));
            let Some(title) = title.flatten() else {
                continue;
            };
            // A menu or a heading of the page may name the genre before the report does.
            let Some(bare) = &first else {
                if title.agency.is_some() {
                    return Some(self.last_listed(text, lines, at, title));
                }
                first = Some(title);
                continue;
            };
            let years = |title: &Title| title.year.as_ref().map(|(value, _)| *value);
            let same = years(bare).is_none() || years(bare) == years(&title);
            if title.agency.is_some() && years(&title).is_some() && same {
                return Some(title);
            }
        }
        first
    }

    /// The last of the titles of several years that stand in a row, without anything between them:
    /// those before it are links to other reports.
    fn last_listed(&self, text: &Text, lines: &[Range<usize>], at: usize, first: Title) -> Title {
        let year = |title: &Title| title.year.as_ref().map(|(value, _)| *value);
        let mut last = first;
        let behind = lines.iter().enumerate().skip(at + 1);
        for (next, line) in behind.filter(|(_, line)| !line.is_empty()) {
            let above = lines.get(..next).unwrap_or_default();
            match self.title_of(text, above, line) {
                Some(title) if title.agency.is_some() && year(&title).is_some() => {
                    if year(&title) != year(&last) {
                        last = title;
                    }
                }
                _ => break,
            }
        }
        last
    }

    /// The title that ends with `line`, which has other lines before it.
    pub(super) fn title_of(
        &self,
        text: &Text,
        before: &[Range<usize>],
        line: &Range<usize>,
    ) -> Option<Title> {
        let bordered = text.get(line);
        let said = bordered.trim_matches([BORDER, ' ']);
        let start = line.start + bordered.find(said)?;
        let line = start..start + said.len();
        if line.is_empty() || said.chars().count() > LONGEST_TITLE {
            return None;
        }
        if said.contains(BORDER) {
            return self.title_in_cells(text, &line);
        }
        let mut before = before.iter().rev().filter(|line| !line.is_empty());
        if let Some(start) = self.title_start(said) {
            let head = metadata(said).max(self.labelled(said));
            let own = line.start + head..line.end;
            let kind = line.start + start.max(head);
            return Some(self.say(text, vec![own], kind, before.next()));
        }
        // Its last words may be broken over two lines.
        let above = before.next()?;
        let start = above.start + self.title_start_over(text.get(above), said)?;
        let pieces = vec![above.clone(), line];
        Some(self.say(text, pieces, start, before.next()))
    }

    /// The length of a word for titles and of the space behind it: 名称 某县2021年….
    fn labelled(&self, line: &str) -> usize {
        let behind = |label: &String| line.strip_prefix(label.as_str());
        let mut rests = self.agency_edges.iter().filter_map(behind);
        let rest = rests.find(|rest| rest.starts_with([' ', '\t']));
        line.len() - rest.unwrap_or(line).trim_start().len()
    }

    /// The title in a table about the report: `名称 | 某县2021年政府信息公开工作年度报告`. It must
    /// say whose and of which year it is, since such tables also name the genre.
    fn title_in_cells(&self, text: &Text, line: &Range<usize>) -> Option<Title> {
        let mut at = line.start;
        text.get(line)
            .split(BORDER)
            .map(|cell| {
                let range = at..at + cell.len();
                at = range.end + BORDER.len_utf8();
                text.trim(&range)
            })
            .filter_map(|cell| {
                let start = cell.start + self.title_start(text.get(&cell))?;
                Some(self.say(text, vec![cell], start, None))
            })
            .find(|title| title.agency.is_some() && title.year.is_some())
    }

    /// Whether a trimmed line ends as a title of the genre does.
    pub(crate) fn is_title(&self, line: &str) -> bool {
        !line.is_empty()
            && line.chars().count() <= LONGEST_TITLE
            && self.title_start(line).is_some()
    }

    /// Where the words that end a title begin in a line that ends with them.
    fn title_start(&self, line: &str) -> Option<usize> {
        let line_letters = titled(line)?;
        let title = self
            .titles
            .iter()
            .filter(|title| line_letters.ends_with(title.as_str()))
            .max_by_key(|title| title.len())?;
        letters_before_end(line, title.chars().count())
    }

    /// Where the words that end a title begin in `above`, if `line` is the rest of them.
    fn title_start_over(&self, above: &str, line: &str) -> Option<usize> {
        let (head, tail) = (titled(above)?, titled(line)?);
        if tail.chars().count() < 2 || above.chars().count() > LONGEST_TITLE {
            return None;
        }
        let start = |title: &String| {
            let start = title.strip_suffix(tail.as_str())?;
            (!start.is_empty() && head.ends_with(start)).then(|| start.chars().count())
        };
        let count = self.titles.iter().filter_map(start).max()?;
        letters_before_end(above, count)
    }

    /// What a title says of the body and the year. `kind` is where its last words begin, `before`
    /// the line before it.
    fn say(
        &self,
        text: &Text,
        mut pieces: Vec<Range<usize>>,
        kind: usize,
        before: Option<&Range<usize>>,
    ) -> Title {
        let own = pieces.first().map_or(kind, |own| own.start);
        let (mut year, mut agency) = self.front(text, own..kind, kind);
        let digits = year.as_ref().map_or(kind, |(_, at)| at.start);
        let rest = letters(text.get(&(own..digits.max(own))));
        let goes_on = before.is_some_and(|before| {
            let said = text.get(before);
            let between = text.get(&(before.end..own.max(before.end)));
            let name = said.chars().all(char::is_alphabetic) && said.chars().count() >= SHORT;
            name && between.matches('\n').count() == 1
        });
        // 某县住房和城乡 above 建设局2023年…: the name may begin in the line above.
        let is_edge = self.agency_edges.contains(&rest);
        if goes_on && !rest.is_empty() && rest.chars().count() <= SHORT && !is_edge {
            return Title {
                pieces,
                agency: None,
                year,
            };
        }
        if agency.is_none()
            && let Some(before) = before
            && text.get(before).chars().count() <= 30
            && text
                .get(before)
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, ' ' | NOISE | '(' | ')'))
        {
            let above = self.front(text, before.clone(), before.end);
            match above {
                // `某县人民政府2016年`, and the rest of the title on a line of its own.
                (Some(above), Some(body)) if year.is_none() && is_name(text.get(&body)) => {
                    (year, agency) = (Some(above), Some(body));
                }
                _ if is_name(text.get(before)) => agency = Some(before.clone()),
                _ => {}
            }
            if agency.is_some() {
                pieces.insert(0, before.clone());
            }
        }
        Title {
            pieces,
            agency,
            year,
        }
    }

    /// The year and the body that the front of a title names; `kind` is where its last words begin.
    fn front(
        &self,
        text: &Text,
        range: Range<usize>,
        kind: usize,
    ) -> (Option<Year>, Option<Range<usize>>) {
        let said = text.get(&range);
        let placed = |(value, at): Year| (value, range.start + at.start..range.start + at.end);
        let first = year(said).map(placed);
        // 2024年某局2023年度: the year of the report stands last.
        let behind = first.as_ref().map(|(_, at)| at.end);
        let last = behind.and_then(|start| {
            let (value, at) = year(text.get(&(start..range.end)))?;
            Some((value, start + at.start..start + at.end))
        });
        let range = match (&last, behind) {
            (Some(_), Some(start)) => {
                let rest = text.get(&(start..range.end));
                let years = rest.len() - rest.trim_start_matches(['年', '度', ' ', '-']).len();
                start + years..range.end
            }
            _ => range,
        };
        let year = last.or(first);
        let digits = year.as_ref().map_or(range.end, |(_, at)| at.start);
        let mut agency = self.body(text, range.start..digits, kind);
        if agency.is_none()
            && let Some((_, at)) = &year
        {
            let rest = text.get(&(at.end..range.end));
            let after = at.end + (rest.len() - rest.trim_start_matches(['年', '度', ' ']).len());
            agency = self.body(text, after..range.end, kind);
        }
        (year, agency)
    }

    /// The name of a body in a range, with what it shares with the words behind it.
    fn body(&self, text: &Text, range: Range<usize>, kind: usize) -> Option<Range<usize>> {
        let mut trimmed = text.get(&range);
        loop {
            let long = trimmed.len();
            trimmed = trimmed.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
            // A date or a number of a list.
            trimmed = trimmed.trim_start_matches(|c: char| c.is_ascii_digit());
            let number = trimmed.trim_start_matches(is_numeral);
            if number.len() < trimmed.len() {
                trimmed = number.strip_prefix('、').unwrap_or(trimmed);
            }
            for edge in &self.agency_edges {
                trimmed = trimmed.strip_prefix(edge.as_str()).unwrap_or(trimmed);
                trimmed = trimmed.strip_suffix(edge.as_str()).unwrap_or(trimmed);
            }
            if trimmed.len() == long {
                break;
            }
        }
        if trimmed.chars().filter(|c| c.is_alphabetic()).count() < 2 {
            return None;
        }
        let start = range.start + text.get(&range).find(trimmed)?;
        let mut end = start + trimmed.len();
        if end == kind {
            for ending in &self.agency_endings {
                let cuts = ending
                    .char_indices()
                    .map(|(cut, _)| cut)
                    .filter(|cut| *cut > 0);
                let shared = cuts
                    .filter(|cut| {
                        trimmed.ends_with(&ending[..*cut])
                            && text.folded[kind..].starts_with(&ending[*cut..])
                    })
                    .max();
                if let Some(cut) = shared {
                    end += ending.len() - cut;
                    break;
                }
            }
        }
        Some(start..end)
    }
}

/// The letters of a line, if it may be of a title.
fn titled(line: &str) -> Option<String> {
    // A line of a list of contents.
    let page = line.trim_end_matches(|c: char| c.is_ascii_digit());
    if page.len() < line.len() && (page.ends_with(['…', '·', '-']) || page.ends_with("..")) {
        return None;
    }
    // The way through a site is no title: `首页 > 政府信息公开 > 政府信息公开年报`. Nor is a sentence.
    let other = ['>', '»', '›', ',', ';', '。'];
    (!line.contains(other)).then(|| letters(line))
}

/// Where the last letters of a line begin, behind which stands at most a closing bracket.
fn letters_before_end(line: &str, count: usize) -> Option<usize> {
    let (start, _) = line
        .char_indices()
        .filter(|(_, c)| c.is_alphabetic())
        .rev()
        .nth(count.checked_sub(1)?)?;
    let end = line.trim_end_matches(|c: char| !c.is_alphanumeric());
    (line.len() - end.len() <= 6).then_some(start)
}

/// Whether words may name a body: they hold no figure and are no date in Chinese numerals.
fn is_name(said: &str) -> bool {
    let of_date = |c: char| is_numeral(c) || matches!(c, '〇' | '年' | '月' | '日');
    !said.bytes().any(|b| b.is_ascii_digit()) && !said.chars().all(of_date)
}

/// The length of a label such as `标题:` or `Page 8 -` before a title, and of bullets and brackets.
fn metadata(line: &str) -> usize {
    let label = line
        .find(':')
        .filter(|at| line[..*at].chars().count() <= 8)
        .map_or(0, |at| at + 1);
    // `Page 8 - `: a page number in another script, set off by a dash.
    let label = line
        .find(" - ")
        .filter(|at| line[..*at].is_ascii() && line.starts_with(|c: char| c.is_ascii_alphabetic()))
        .map_or(label, |at| at + 3);
    let rest = &line[label..];
    label
        + (rest.len()
            - rest
                .trim_start_matches(|c: char| !c.is_alphanumeric())
                .len())
}

/// A year in a title, in Arabic or Chinese digits, and where its digits stand.
fn year(front: &str) -> Option<(i32, Range<usize>)> {
    let is_digit = |c: char| c.is_ascii_digit() || digit(c).is_some();
    for (start, _) in front.char_indices() {
        let run: Vec<(usize, char)> = front[start..]
            .char_indices()
            .take_while(|(_, c)| is_digit(*c))
            .collect();
        let before = front[..start].chars().next_back().is_some_and(is_digit);
        if run.len() != 4 || before {
            continue;
        }
        let value = run.iter().try_fold(0, |value, (_, c)| {
            c.to_digit(10)
                .map(u64::from)
                .or_else(|| digit(*c))
                .and_then(|digit| i32::try_from(digit).ok())
                .map(|digit| value * 10 + digit)
        })?;
        let end = start + run.iter().map(|(_, c)| c.len_utf8()).sum::<usize>();
        if (1990..2100).contains(&value) {
            return Some((value, start..end));
        }
    }
    None
}

/// A digit of a year. A circle is written for the zero, and nobody counts a year with 两.
fn digit(c: char) -> Option<u64> {
    match c {
        '○' => Some(0),
        '两' => None,
        c => numeral::digit(c),
    }
}
