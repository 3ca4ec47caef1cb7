//! A report before it is laid out: its prose, its numbers, and what of them a reader may say.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::forms::{ANNUAL_2019, ANNUAL_2021, Address, Form};
use super::numbers::{Values, values};
use super::random::Random;

/// A report of one body and year.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    pub(crate) form: &'static Form,
    pub(crate) agency: &'static str,
    pub(crate) year: u64,
    pub(crate) values: Values,
}

/// What a reader may say of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expected {
    /// Numbers that are right; none where no number stands in the cell.
    pub(crate) allowed: Vec<Decimal>,
    /// Whether the text shows which cell it is, so that nothing excuses withholding it.
    pub(crate) readable: bool,
}

/// What a reader may say, by address.
pub(crate) type Truth = BTreeMap<Address, Expected>;

impl Report {
    /// A random report of either form.
    pub(crate) fn random(random: &mut Random) -> Self {
        let form = random.pick(&[&ANNUAL_2019, &ANNUAL_2021]);
        Self::of_form(form, random)
    }

    /// A random report of `form`.
    pub(crate) fn of_form(form: &'static Form, random: &mut Random) -> Self {
        Self {
            form,
            agency: random.pick(&AGENCIES),
            year: random.between(form.years.0, form.years.1),
            values: values(form, random),
        }
    }

    /// The truth while nothing is damaged.
    pub(crate) fn truth(&self) -> Truth {
        let expected = |value| Expected {
            allowed: vec![value],
            readable: true,
        };
        self.values
            .iter()
            .map(|(&address, printed)| (address, expected(printed.value)))
            .collect()
    }

    /// 某县人民政府2023年政府信息公开工作年度报告
    pub(crate) fn title(&self) -> String {
        format!("{}{}年政府信息公开工作年度报告", self.agency, self.year)
    }

    /// The paragraphs under the heading of section `number`, which counts from 1.
    pub(crate) fn prose(&self, number: usize) -> Vec<String> {
        let total = |row| {
            let address = Address {
                table: "requests",
                row,
                column: "total",
            };
            self.values[&address].raw.clone()
        };
        match number {
            1 => vec![
                format!("{}年，本机关按照上级要求做好政务公开各项工作。", self.year),
                "（一）主动公开情况。全年通过网站发布信息1206条，公开文件38件。".to_owned(),
                format!(
                    "（二）依申请公开情况。全年新收到政府信息公开申请{}件，上年结转{}件，\
                     结转下年度办理{}件。",
                    total("received_this_year"),
                    total("carried_in"),
                    total("carried_out"),
                ),
                "（三）政府信息管理情况。专人负责，先审后发，及时更新目录。".to_owned(),
                "（四）政府信息公开平台建设情况。新增2个栏目，改版1次。".to_owned(),
                "（五）监督保障情况。组织培训3次，参加人数95人。".to_owned(),
            ],
            5 => vec![
                "一是内容还不够丰富，二是更新不够及时。".to_owned(),
                "下一步将加强学习，提高质量。".to_owned(),
            ],
            6 => vec![format!(
                "{}年未收取信息处理费。无其他需要报告的事项。",
                self.year
            )],
            _ => Vec::new(),
        }
    }
}

/// Invented bodies.
const AGENCIES: [&str; 4] = [
    "青川市人民政府",
    "云山县水务局",
    "东河区教育局",
    "南平镇人民政府",
];
