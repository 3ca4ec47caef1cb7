//! Checks: a relation over the cells, its two sides, and who may be the culprit.

use rust_decimal::Decimal;
use serde::Serialize;

use super::{Severity, exact};

/// Outcome of a check.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// use gongkai::extraction::CheckStatus;
/// assert!(extraction.checks.iter().all(|check| check.status != CheckStatus::Fail));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckStatus {
    /// The relation holds.
    Pass,
    /// It does not.
    Fail,
    /// Something it needs is not certain.
    Unevaluated,
}

/// One relation over the cells of the report.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// let check = &extraction.checks[0];
/// assert_eq!((check.id.as_str(), check.difference), ("t3_identity", Some(0.into())));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Check {
    /// `t3_identity`.
    pub id: String,
    /// `{"column": "total"}`, `{"row": "carried_in"}`, `{"section": "other_matters"}` or `{}`.
    pub scope: CheckScope,
    /// `error`, `warning` or `note`: how bad a failure is.
    pub severity: Severity,
    /// Whether it holds.
    pub status: CheckStatus,
    /// Left side.
    pub left: Side,
    /// Right side.
    pub right: Side,
    /// Left minus right.
    #[serde(serialize_with = "exact::option")]
    pub difference: Option<Decimal>,
    /// Why it could not be evaluated, or which reading of a statement agreed.
    pub reason: Option<String>,
    /// Cells that alone, with one other value, would make every failed check hold.
    pub suspects: Vec<Suspect>,
}

/// What a check was applied to.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// let scope = &extraction.checks[0].scope;
/// assert_eq!(scope.column.as_deref(), Some("natural_person"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CheckScope {
    /// Section id: of a rule on all sections, the one that breaks it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Table id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// Row id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// Column id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
}

/// One side of a relation.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// let side = &extraction.checks[0].left;
/// assert_eq!(side.cells[0], "requests/received_this_year/natural_person");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Side {
    /// Its sum; none where a cell is not certain.
    #[serde(serialize_with = "exact::option")]
    pub value: Option<Decimal>,
    /// Addresses `table/row/column`, or `prose/statement`.
    pub cells: Vec<String>,
}

/// A cell that may be the culprit.
///
/// ```
/// # let report = std::fs::read_to_string("samples/annual_2021/markdown.txt")?;
/// let report = report.replace("| 261 | 30 |", "| 261 | 31 |");
/// let extraction = gongkai::extract(report.as_bytes(), &gongkai::Options::default())?;
/// let suspects = extraction.checks.iter().flat_map(|check| &check.suspects);
/// assert!(suspects.into_iter().any(|suspect| suspect.value == 30.into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Suspect {
    /// Address `table/row/column`.
    pub cell: String,
    /// The one value with which every failed check would hold. Never applied.
    #[serde(serialize_with = "exact::number")]
    pub value: Decimal,
}
