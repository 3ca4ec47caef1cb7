//! What must hold in a report: the checks of a form, and its relations written out.

use rust_decimal::Decimal;

use super::Status;

/// How bad it is when a check fails.
///
/// ```
/// use gongkai::form::Severity;
/// assert!(Severity::Error > Severity::Warning);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Suspicious.
    Warning,
    /// The published numbers contradict each other.
    Error,
}

/// One check of the grammar, before it is written out into [`Instance`]s.
///
/// ```
/// let form = gongkai::form::Grammars::embedded().form("annual_2021").ok_or("no form")?;
/// let check = form.checks.iter().find(|check| check.id == "t3_identity").ok_or("no check")?;
/// assert!(check.relation.contains('='));
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone)]
pub struct Check {
    /// `t3_identity`.
    pub id: String,
    /// One sentence for people.
    pub description: Option<String>,
    /// The relation as the grammar writes it; several are joined by `; `. Empty for the rules
    /// that are no relation.
    pub relation: String,
    /// What kind of check it is.
    pub rule: CheckRule,
    /// How bad a failure is: never more than a note where the status is unconfirmed, whatever
    /// the grammar says.
    pub severity: Severity,
    /// How sure we are that it must hold.
    pub status: Status,
    /// Whether the form itself prints the relation.
    pub official: bool,
    /// Where the rule was read.
    pub source: Option<String>,
}

/// What a check asks for.
///
/// ```
/// let form = gongkai::form::Grammars::embedded().form("annual_2021").ok_or("no form")?;
/// assert!(form.checks.iter().any(|check| check.rule == gongkai::form::CheckRule::Relation));
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckRule {
    /// The relation between numbers written out in [`super::Form::instances`](super::Form::instances).
    Relation,
    /// `rule = "integer-count"`: a value of a column without decimals is a whole number, and not
    /// negative unless the column is signed.
    IntegerCount,
    /// `rule = "decimal-amount"`: a value of a column with decimals is a number that is not
    /// negative.
    DecimalAmount,
    /// `rule = "cell-present"`: no cell is blank, a placeholder or absent (cells of groups and of
    /// optional columns aside).
    CellPresent,
    /// `rule = "table-present"`: every table of the form is in the report.
    TablePresent,
    /// `rule = "zero-after-value"`: a value that was not 0 last year is not 0 this year.
    ZeroAfterValue,
    /// `rule = "year-ratio"`: value and last year's value differ by no more than this factor.
    YearRatio {
        /// `at_most = 5`
        at_most: Decimal,
    },
    /// `rule = "year-agrees"`: the years that title, reporting period and prose name are one.
    YearAgrees,
    /// `rule = "sections-in-order"`: all sections are there, in order, with the form's numbers.
    SectionsInOrder,
    /// `rule = "section-not-empty"`: a section says something.
    SectionNotEmpty {
        /// Index into [`super::Form::sections`](super::Form::sections).
        section: usize,
        /// `except = ["无"]`: what counts as nothing, when it is the whole section.
        except: Vec<String>,
    },
    /// `rule = "section-states"`: a section speaks of a matter, and does not say both that there
    /// was none and that there was some. Patterns are regular expressions over folded prose
    /// without white space.
    SectionStates {
        /// Index into [`super::Form::sections`](super::Form::sections).
        section: usize,
        /// `about`: what must be spoken of.
        about: String,
        /// `none`: says that there was none.
        none: String,
        /// `amount`: says how much there was; the group `n` is the number.
        amount: String,
    },
}

impl CheckRule {
    /// What the grammar calls it; none for a relation.
    pub(crate) fn name(&self) -> Option<&'static str> {
        Some(match self {
            Self::Relation => return None,
            Self::IntegerCount => "integer-count",
            Self::DecimalAmount => "decimal-amount",
            Self::CellPresent => "cell-present",
            Self::TablePresent => "table-present",
            Self::ZeroAfterValue => "zero-after-value",
            Self::YearRatio { .. } => "year-ratio",
            Self::YearAgrees => "year-agrees",
            Self::SectionsInOrder => "sections-in-order",
            Self::SectionNotEmpty { .. } => "section-not-empty",
            Self::SectionStates { .. } => "section-states",
        })
    }
}

/// How the two sides of a relation compare.
///
/// ```
/// let form = gongkai::form::Grammars::embedded().form("annual_2021").ok_or("no form")?;
/// let equal = gongkai::form::Comparison::Equal;
/// assert!(form.instances.iter().any(|instance| instance.comparison == equal));
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
}

/// One side of a relation: terms that are added up.
///
/// ```
/// let form = gongkai::form::Grammars::embedded().form("annual_2021").ok_or("no form")?;
/// let side: &gongkai::form::Side = &form.instances[0].left;
/// assert!(!side.is_empty());
/// # Ok::<(), &str>(())
/// ```
pub type Side = Vec<Term>;

/// A relation for one column, one row, or once.
///
/// ```
/// let form = gongkai::form::Grammars::embedded().form("annual_2021").ok_or("no form")?;
/// let instance = &form.instances[0];
/// assert!(instance.check < form.checks.len());
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone)]
pub struct Instance {
    /// Index into [`super::Form::checks`].
    pub check: usize,
    /// What it was written out for.
    pub scope: Scope,
    /// Terms of the left side.
    pub left: Vec<Term>,
    /// How the sides compare.
    pub comparison: Comparison,
    /// Terms of the right side.
    pub right: Vec<Term>,
    /// Other right sides (`any of`): the relation holds if it holds with one of them or with
    /// [`Instance::right`].
    pub alternatives: Vec<Side>,
    /// Cells of groups and of optional columns among the operands. The relation is only about
    /// prints that have them: where one of these carries no value, it does not apply.
    pub only_where: Vec<CellRef>,
    /// The relation as the grammar writes it.
    pub relation: String,
}

/// What an [`Instance`] was written out for.
///
/// ```
/// let form = gongkai::form::Grammars::embedded().form("annual_2021").ok_or("no form")?;
/// use gongkai::form::Scope;
/// let of_column = |scope| matches!(scope, Scope::Column { .. });
/// assert!(form.instances.iter().any(|instance| of_column(instance.scope)));
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// One column of one table.
    Column {
        /// Index into [`super::Form::tables`].
        table: usize,
        /// Index into [`super::Table::columns`].
        column: usize,
    },
    /// One row of one table.
    Row {
        /// Index into [`super::Form::tables`].
        table: usize,
        /// Index into [`super::Table::rows`].
        row: usize,
    },
    /// The report as a whole.
    Report,
}

/// A signed operand of one side of a relation.
///
/// ```
/// let form = gongkai::form::Grammars::embedded().form("annual_2021").ok_or("no form")?;
/// let term = &form.instances[0].left[0];
/// assert!(!term.minus && !term.previous);
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Whether it is subtracted.
    pub minus: bool,
    /// What is added or subtracted.
    pub operand: Operand,
    /// Whether it is the value of the year before.
    pub previous: bool,
}

/// What a [`Term`] stands for.
///
/// ```
/// let form = gongkai::form::Grammars::embedded().form("annual_2021").ok_or("no form")?;
/// use gongkai::form::Operand;
/// assert!(matches!(form.instances[0].left[0].operand, Operand::Cell(_) | Operand::Leaves(_)));
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// One cell.
    Cell(CellRef),
    /// The rows below a group ([`super::Form::leaves`](super::Form::leaves)), at the cell's column; the
    /// group's own cell where it is printed with a value and none of the rows below it is.
    Leaves(CellRef),
    /// A count that the prose states, by statement id.
    Statement(String),
    /// A number.
    Number(Decimal),
}

/// A cell by its place in the form.
///
/// ```
/// let form = gongkai::form::Grammars::embedded().form("annual_2021").ok_or("no form")?;
/// use gongkai::form::CellRef;
/// let cell = CellRef { table: 0, row: 1, column: 0 };
/// assert_eq!(form.address(cell), "art20_1/normative_documents/issued_this_year");
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// Index into [`super::Form::tables`].
    pub table: usize,
    /// Index into [`super::Table::rows`].
    pub row: usize,
    /// Index into [`super::Table::columns`].
    pub column: usize,
}
