//! The two forms of the bench: ids and labels, written down apart from the grammars so that a
//! slip in a grammar cannot hide itself.

/// A value's place, `table/row/column`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Address {
    pub(crate) table: &'static str,
    pub(crate) row: &'static str,
    pub(crate) column: &'static str,
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}/{}", self.table, self.row, self.column)
    }
}

/// Id and label.
pub(crate) type Named = (&'static str, &'static str);

/// A table of section 二.
#[derive(Debug)]
pub(crate) struct SmallTable {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) columns: &'static [Named],
    pub(crate) rows: &'static [Named],
}

/// Where a row of section 三 stands in the hierarchy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rank {
    /// 一、 二、 四、
    Item,
    /// 三、 over all results
    Results,
    /// （一） with values
    Result,
    /// （三） over numbered rows
    Group,
    /// 1.
    Leaf,
}

/// A row of section 三.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RequestRow {
    pub(crate) id: &'static str,
    pub(crate) label: &'static str,
    pub(crate) rank: Rank,
}

/// One form.
#[derive(Debug)]
pub(crate) struct Form {
    pub(crate) id: &'static str,
    pub(crate) years: (u64, u64),
    pub(crate) small: &'static [SmallTable],
    /// Rows of section 三 under （六）: none where it carries its own values.
    other: &'static [Named],
}

/// The rows of section 三 with the rank of each, in printed order.
pub(crate) fn request_rows(form: &Form) -> Vec<RequestRow> {
    let row = |rank| move |&(id, label): &Named| RequestRow { id, label, rank };
    let mut rows: Vec<RequestRow> = ITEMS_BEFORE.iter().map(row(Rank::Item)).collect();
    rows.push(row(Rank::Results)(&("results", "三、本年度办理结果")));
    rows.extend(GRANTED.iter().map(row(Rank::Result)));
    for (group, leaves) in [
        (DENIED, DENIALS),
        (UNABLE, INABILITIES),
        (NOT_PROCESSED, REFUSALS),
    ] {
        rows.push(row(Rank::Group)(&group));
        rows.extend(leaves.iter().map(row(Rank::Leaf)));
    }
    let other = ("results.other", "（六）其他处理");
    if form.other.is_empty() {
        rows.push(row(Rank::Result)(&other));
    } else {
        rows.push(row(Rank::Group)(&other));
        rows.extend(form.other.iter().map(row(Rank::Leaf)));
    }
    rows.push(row(Rank::Result)(&("results.total", "（七）总计")));
    rows.push(row(Rank::Item)(&("carried_out", "四、结转下年度继续办理")));
    rows
}

/// Whether any of the forms, or a print with 小计, has a cell at `table/row/column`.
pub(crate) fn is_known(place: &str) -> bool {
    let parts: Vec<&str> = place.split('/').collect();
    let [table, row, column] = parts[..] else {
        return false;
    };
    let any = |named: &[Named], id| named.iter().any(|(other, _)| *other == id);
    [&ANNUAL_2019, &ANNUAL_2021].iter().any(|form| match table {
        "requests" => {
            let known = any(&APPLICANTS, column) || column == "legal_entity";
            known && request_rows(form).iter().any(|other| other.id == row)
        }
        "review_litigation" => row == "cases" && any(&OUTCOMES, column),
        _ => form
            .small
            .iter()
            .any(|small| small.id == table && any(small.rows, row) && any(small.columns, column)),
    })
}

/// Titles of the six sections.
pub(crate) const SECTIONS: [&str; 6] = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
];

/// The remark in the corner of section 三.
pub(crate) const NOTE: &str =
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";

/// Columns of section 三; the five in the middle stand under 法人或其他组织.
pub(crate) const APPLICANTS: [Named; 7] = [
    ("natural_person", "自然人"),
    ("legal_entity.business", "商业企业"),
    ("legal_entity.research", "科研机构"),
    ("legal_entity.public_interest", "社会公益组织"),
    ("legal_entity.legal_service", "法律服务机构"),
    ("legal_entity.other", "其他"),
    ("total", "总计"),
];

/// Columns of section 四, in three groups of five.
pub(crate) const OUTCOMES: [Named; 15] = [
    ("review.upheld", "结果维持"),
    ("review.corrected", "结果纠正"),
    ("review.other", "其他结果"),
    ("review.pending", "尚未审结"),
    ("review.total", "总计"),
    ("litigation_direct.upheld", "结果维持"),
    ("litigation_direct.corrected", "结果纠正"),
    ("litigation_direct.other", "其他结果"),
    ("litigation_direct.pending", "尚未审结"),
    ("litigation_direct.total", "总计"),
    ("litigation_after_review.upheld", "结果维持"),
    ("litigation_after_review.corrected", "结果纠正"),
    ("litigation_after_review.other", "其他结果"),
    ("litigation_after_review.pending", "尚未审结"),
    ("litigation_after_review.total", "总计"),
];

/// The form of the fiscal years 2019 and 2020.
pub(crate) static ANNUAL_2019: Form = Form {
    id: "annual_2019",
    years: (2019, 2020),
    small: &[
        SmallTable {
            id: "art20_1",
            title: "第二十条第（一）项",
            columns: &[
                ("made_this_year", "本年新制作数量"),
                ("newly_disclosed_this_year", "本年新公开数量"),
                ("total_disclosed", "对外公开总数量"),
            ],
            rows: &[("rules", "规章"), ("normative_documents", "规范性文件")],
        },
        SmallTable {
            id: "art20_5",
            title: "第二十条第（五）项",
            columns: CHANGES,
            rows: &[
                ("administrative_licensing", "行政许可"),
                ("other_external_services", "其他对外管理服务事项"),
            ],
        },
        SmallTable {
            id: "art20_6",
            title: "第二十条第（六）项",
            columns: CHANGES,
            rows: PENALTIES,
        },
        SmallTable {
            id: "art20_8",
            title: "第二十条第（八）项",
            columns: &[
                ("prior_year_items", "上一年项目数量"),
                ("change_this_year", "本年增/减"),
            ],
            rows: &[("administrative_fees", "行政事业性收费")],
        },
        SmallTable {
            id: "art20_9",
            title: "第二十条第（九）项",
            columns: &[
                ("procurement_items", "采购项目数量"),
                ("procurement_amount", "采购总金额"),
            ],
            rows: &[("centralized_procurement", "政府集中采购")],
        },
    ],
    other: &[],
};

/// The form of the fiscal years from 2021 on.
pub(crate) static ANNUAL_2021: Form = Form {
    id: "annual_2021",
    years: (2021, 2025),
    small: &[
        SmallTable {
            id: "art20_1",
            title: "第二十条第（一）项",
            columns: &[
                ("issued_this_year", "本年制发件数"),
                ("repealed_this_year", "本年废止件数"),
                ("in_force", "现行有效件数"),
            ],
            rows: &[("rules", "规章"), ("normative_documents", "行政规范性文件")],
        },
        SmallTable {
            id: "art20_5",
            title: "第二十条第（五）项",
            columns: DECISIONS,
            rows: &[("administrative_licensing", "行政许可")],
        },
        SmallTable {
            id: "art20_6",
            title: "第二十条第（六）项",
            columns: DECISIONS,
            rows: PENALTIES,
        },
        SmallTable {
            id: "art20_8",
            title: "第二十条第（八）项",
            columns: &[("fees_collected", "本年收费金额（单位：万元）")],
            rows: &[("administrative_fees", "行政事业性收费")],
        },
    ],
    other: &[
        (
            "other.correction_overdue",
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        ),
        (
            "other.fee_unpaid",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        ),
        ("other.other", "3.其他"),
    ],
};

const CHANGES: &[Named] = &[
    ("prior_year_items", "上一年项目数量"),
    ("change_this_year", "本年增/减"),
    ("decisions", "处理决定数量"),
];
const DECISIONS: &[Named] = &[("decisions_this_year", "本年处理决定数量")];
const PENALTIES: &[Named] = &[
    ("administrative_penalty", "行政处罚"),
    ("administrative_coercion", "行政强制"),
];
const ITEMS_BEFORE: &[Named] = &[
    ("received_this_year", "一、本年新收政府信息公开申请数量"),
    ("carried_in", "二、上年结转政府信息公开申请数量"),
];
const GRANTED: &[Named] = &[
    ("results.granted", "（一）予以公开"),
    (
        "results.partially_granted",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    ),
];
const DENIED: Named = ("results.denied", "（三）不予公开");
const DENIALS: &[Named] = &[
    ("denied.state_secret", "1.属于国家秘密"),
    ("denied.prohibited_by_law", "2.其他法律行政法规禁止公开"),
    ("denied.safety_and_stability", "3.危及“三安全一稳定”"),
    ("denied.third_party_rights", "4.保护第三方合法权益"),
    ("denied.internal_affairs", "5.属于三类内部事务信息"),
    ("denied.deliberative_process", "6.属于四类过程性信息"),
    ("denied.enforcement_case_file", "7.属于行政执法案卷"),
    ("denied.administrative_inquiry", "8.属于行政查询事项"),
];
const UNABLE: Named = ("results.unable", "（四）无法提供");
const INABILITIES: &[Named] = &[
    ("unable.not_held", "1.本机关不掌握相关政府信息"),
    ("unable.needs_creation", "2.没有现成信息需要另行制作"),
    (
        "unable.unclear_after_correction",
        "3.补正后申请内容仍不明确",
    ),
];
const NOT_PROCESSED: Named = ("results.not_processed", "（五）不予处理");
const REFUSALS: &[Named] = &[
    ("not_processed.petition_complaint", "1.信访举报投诉类申请"),
    ("not_processed.repeat", "2.重复申请"),
    ("not_processed.published_material", "3.要求提供公开出版物"),
    ("not_processed.excessive", "4.无正当理由大量反复申请"),
    (
        "not_processed.confirm_or_reissue",
        "5.要求行政机关确认或重新出具已获取信息",
    ),
];
