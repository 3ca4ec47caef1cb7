//! TOML -> [`Check`]s, and the relations among them written out.

use rust_decimal::Decimal;

use super::build::{find, status, unique_id};
use super::expand::{Restriction, expand};
use super::fault::Fault;
use super::genre::with_group;
use super::reader::{Placed, Reader};
use super::{Check, CheckRule, Form, Genre, Severity, Status};

const SEVERITIES: [(&str, Severity); 3] = [
    ("note", Severity::Note),
    ("warning", Severity::Warning),
    ("error", Severity::Error),
];

/// Reads the keys of one rule.
type ReadRule = fn(&Reader<'_, '_>, &Form) -> CheckRule;

/// The rules that are no relation, by the name the grammar gives them.
const RULES: [(&str, ReadRule); 10] = [
    ("integer-count", |_, _| CheckRule::IntegerCount),
    ("decimal-amount", |_, _| CheckRule::DecimalAmount),
    ("cell-present", |_, _| CheckRule::CellPresent),
    ("table-present", |_, _| CheckRule::TablePresent),
    ("zero-after-value", |_, _| CheckRule::ZeroAfterValue),
    ("year-ratio", |entry, _| CheckRule::YearRatio {
        at_most: factor(entry, "at_most"),
    }),
    ("year-agrees", |_, _| CheckRule::YearAgrees),
    ("sections-in-order", |_, _| CheckRule::SectionsInOrder),
    ("section-not-empty", |entry, form| {
        CheckRule::SectionNotEmpty {
            section: section(entry, form),
            except: entry
                .strings("except")
                .into_iter()
                .map(|word| word.value)
                .collect(),
        }
    }),
    ("section-states", |entry, form| CheckRule::SectionStates {
        section: section(entry, form),
        about: regex(entry, "about"),
        none: regex(entry, "none"),
        amount: {
            with_group(entry, "amount", "n");
            regex(entry, "amount")
        },
    }),
];

/// Reads `[[checks]]` into `form`, which has its sections and tables already.
pub(crate) fn checks(entries: Vec<Reader<'_, '_>>, form: &mut Form, genre: Option<&Genre>) {
    let mut seen: Vec<Placed<String>> = Vec::new();
    for entry in entries {
        check(&entry, &mut seen, form, genre);
        entry.finish();
    }
}

fn check(
    entry: &Reader<'_, '_>,
    seen: &mut Vec<Placed<String>>,
    form: &mut Form,
    genre: Option<&Genre>,
) {
    let relations = entry.string_or_strings("relation");
    let rule = entry.choice("rule", &RULES);
    match (entry.place("relation"), entry.place("rule")) {
        (Some(relation), Some(rule)) => {
            let message = "expected either `relation` or `rule`, found both";
            let mut fault = Fault::new("two-in-one", rule, message, "the second");
            fault.other = Some((relation, "the first".into()));
            let help = "a check asks for one thing: make two checks of it";
            entry.sink.fault(fault.help(help));
        }
        (None, Some(_)) => {}
        (relation, None) if relations.is_empty() => {
            let place = relation.unwrap_or_else(|| entry.span.clone());
            let message = "expected either `relation` or `rule`, found neither";
            let fault = Fault::new("missing-key", place, message, "in this check");
            entry.sink.fault(fault);
        }
        (_, None) => {}
    }
    let status = status(entry);
    let severity = entry
        .choice("severity", &SEVERITIES)
        .unwrap_or(Severity::Warning);
    let written: Vec<&str> = relations
        .iter()
        .map(|relation| relation.value.as_str())
        .collect();
    let check = Check {
        id: unique_id(entry, seen, "check"),
        description: entry.string("description").map(|text| text.value),
        relation: written.join("; "),
        rule: rule.map_or(CheckRule::Relation, |rule| rule(entry, form)),
        severity: if status == Status::Unconfirmed {
            Severity::Note
        } else {
            severity
        },
        status,
        official: entry.boolean("official"),
        source: entry.string("source").map(|source| source.value),
    };
    form.checks.push(check);
    if relations.is_empty() {
        return;
    }
    let restriction = restriction(entry, form);
    for relation in &relations {
        let found = expand(entry.sink, relation, form, genre, &restriction);
        form.instances.extend(found);
    }
}

fn restriction(entry: &Reader<'_, '_>, form: &Form) -> Restriction {
    let tables = entry.strings("tables");
    let all = || form.tables.iter().map(|table| table.id.as_str());
    let tables: Vec<usize> = tables
        .iter()
        .filter_map(|id| find(entry, id, "table", all()))
        .collect();
    let within = || {
        let of = form.tables.iter().enumerate();
        of.filter(|(index, _)| tables.is_empty() || tables.contains(index))
            .map(|(_, table)| table)
    };
    let rows = entry.strings("rows");
    for id in &rows {
        let ids = within().flat_map(|table| table.rows.iter().map(|row| row.id.as_str()));
        find(entry, id, "row", ids);
    }
    let columns = entry.strings("columns");
    for id in &columns {
        let ids = within().flat_map(|table| table.columns.iter().map(|column| column.id.as_str()));
        find(entry, id, "column", ids);
    }
    let plain = |ids: Vec<Placed<String>>| ids.into_iter().map(|id| id.value).collect();
    Restriction {
        tables,
        rows: plain(rows),
        columns: plain(columns),
    }
}

fn section(entry: &Reader<'_, '_>, form: &Form) -> usize {
    let ids = form.sections.iter().map(|section| section.id.as_str());
    entry
        .required("section")
        .and_then(|id| find(entry, &id, "section", ids))
        .unwrap_or_default()
}

/// How many times as great a value may become, or as small.
fn factor(entry: &Reader<'_, '_>, key: &'static str) -> Decimal {
    let Some(place) = entry.place(key) else {
        let message = format!("missing key `{key}`");
        let fault = Fault::new("missing-key", entry.span.clone(), message, "in this check");
        let help = format!("such as `{key} = 5`: no value is more than 5 times that of last year");
        entry.sink.fault(fault.help(help));
        return Decimal::ONE;
    };
    let factor = entry.number(key).unwrap_or(Decimal::ONE);
    if factor < Decimal::ONE {
        let message = format!("expected a factor of at least 1, found `{factor}`");
        entry
            .sink
            .fault(Fault::new("unknown-value", place, message, ""));
    }
    factor
}

fn regex(entry: &Reader<'_, '_>, key: &'static str) -> String {
    let pattern = entry.required(key).into_iter().collect();
    super::blank::regexes(entry, pattern)
        .pop()
        .unwrap_or_default()
}
