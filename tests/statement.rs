//! The prose counts of the genre, in sentences of the kinds that reports have.

#![allow(clippy::unwrap_used)]

use gongkai::form::Grammars;
use gongkai::statement::{Prose, Rules, find};

fn stated(text: &str) -> String {
    stated_in(text, None)
}

fn stated_in(text: &str, year: Option<i32>) -> String {
    let genre = Grammars::embedded().genre("disclosure_report").unwrap();
    let rules = Rules::of_genre(genre);
    let found = find(&rules, &Prose::of(text, 0), year);
    let line = |one: &gongkai::statement::Stated| {
        let unit = one.unit.as_deref().unwrap_or_default();
        format!("{} {}{unit}", one.id, one.value)
    };
    found.iter().map(line).collect::<Vec<_>>().join("; ")
}

#[test]
fn counts_of_other_years_are_not_given() {
    let stated = |text| stated_in(text, Some(2024));
    let sentences = [
        "2023年收到政府信息公开申请17件。2024年收到政府信息公开申请20件。",
        "2023年度,我局收到政府信息公开申请17件;2024年度,我局收到政府信息公开申请20件。",
        "2024年1月1日至12月31日,共收到政府信息公开申请20件,结转至2025年3件。",
        "按照2019年修订的条例,全年收到政府信息公开申请20件,结转下年度3件。",
        "2023年收到,结转至2024年答复的政府信息公开申请25件。",
        "自2008年以来共收到政府信息公开申请1203件。",
        "截至2024年底,累计收到政府信息公开申请300件。",
        "2023年新收到政府信息公开申请17件。",
    ];
    insta::assert_snapshot!(sentences.map(stated).join("\n"), @"
    received_total 20件
    received_total 20件
    received_total 20件; carried_out 3件
    received_total 20件; carried_out 3件
    ");
}

#[test]
fn parts_of_a_count_and_other_counts_are_not_given() {
    let sentences = [
        "全年共收到依申请公开信息12条,其中:收到邮递依申请公开信息1条。",
        "通过邮寄收到政府信息公开申请4件,通过网上收到政府信息公开申请6件,共收到政府信息公开申请10件。",
        "通过信函、网络等方式共收到政府信息公开申请10件。",
        "收到自然人提出的政府信息公开申请11件。",
        "收到公民、法人和其他组织提出的政府信息公开申请13件。",
        "本年受理行政复议申请56件,目前已办结38件。",
        "因政府信息公开被申请行政复议5件,尚未审结行政复议3件,行政诉讼6件,尚未审结行政诉讼4件。",
        "我局下属单位收到政府信息公开申请8件。",
        "各乡镇共收到政府信息公开申请55件。全市行政复议30件。",
        "收到各类申请200件,其中信息公开申请3件。",
    ];
    insta::assert_snapshot!(sentences.map(stated).join("\n"), @"
    received_total 12条
    received_total 10件
    received_total 10件

    received_total 13件

    review 5件; litigation 6件
    ");
}

#[test]
fn counts_of_requests() {
    let sentences = [
        "全年新收到政府信息公开申请259宗,办结254宗,转下年办理10宗。",
        "收到政府信息公开申请3119件,答复3050件(含上年度结转34件),另有103件转下年度答复,均按期办理。",
        "今年共受理政府信息公开申请21件,均按期答复。",
        "本年度收到信息公开申请一百零三件,上年结转两件,已办结一百件,结转下年度继续办理五件。",
        "2023年,共收到依申请公开12件,其中网上申请10件,信函申请2件,全部按时办结。",
        "全年新增政府信息公开申请1,204件,比上年增加17件。",
        "共收到259件政府信息公开申请,其中予以公开36件,部分公开7件。",
        "依申请公开方面:收到申请15件,已答复15件。",
        "2022年受理公民、法人和其他组织政府信息公开申请6件,办结6件,无结转下年度。",
        "上一年度结转3件,本年新收18件,办结20件,结转至2024年1件。",
    ];
    insta::assert_snapshot!(sentences.map(stated).join("\n"), @"
    received_this_year 259宗; closed 254宗; carried_out 10宗
    received_total 3119件; replied 3050件; carried_in 34件; carried_out 103件
    received_total 21件
    received_total 103件; carried_in 2件; closed 100件; carried_out 5件
    all_closed 0; received_total 12件
    received_this_year 1204件
    received_total 259件
    received_total 15件; replied 15件
    received_total 6件; closed 6件; all_closed 0
    carried_in 3件; received_this_year 18件; carried_out 1件
    ");
}

#[test]
fn counts_of_cases() {
    let sentences = [
        "因政府信息公开申请引发行政复议3宗,行政诉讼5宗。",
        "行政复议351件:结果维持72件,结果纠正64件,其他结果178件,尚未审结37件;行政诉讼46件:结果维持25件。",
        "全年因政府信息公开被申请行政复议2件、被提起行政诉讼1件。",
        "收到行政复议申请4件,行政诉讼案件0件。",
        "因政府信息公开引发行政复议2件、行政诉讼3件。",
        "发生行政复议案件共三件,其中维持两件。",
        "未收到行政复议申请。未发生行政诉讼。",
        "政府信息公开类行政复议和行政诉讼共7件。",
    ];
    insta::assert_snapshot!(sentences.map(stated).join("\n"), @"
    review 3宗; litigation 5宗
    review 351件; litigation 46件
    review 2件; litigation 1件
    review 4件; litigation 0件
    review 2件; litigation 3件
    review 3件
    ");
}

#[test]
fn counts_of_reports_without_a_table() {
    let sentences = [
        "全年主动公开政府信息1204条,其中规范性文件5件。",
        "2010年度我局共主动公开信息四百一十二条。",
        "其中同意公开6件,同意部分公开2件,不予公开1件。",
    ];
    insta::assert_snapshot!(sentences.map(stated).join("\n"), @"
    disclosed_this_year 1204条
    disclosed_this_year 412条
    granted 6件; partially_granted 2件; denied 1件
    ");
}

#[test]
fn other_numbers_are_no_counts() {
    let sentences = [
        "全年通过门户网站发布信息16066条。",
        "第一季度主动公开政府信息1204条,其中规范性文件5件。",
        "累计主动公开政府信息20166条。",
        "经审查后不予公开的有关事项由3人办理。",
        "受理群众来电来信120件,办结率100%。",
        "收到人大代表建议35件、政协提案40件,全部办结。",
        "其中结果维持72件,结果纠正64件。",
        "12345热线办结工单3000件,按时答复率99%。",
        "收到政府信息公开申请件数比上年增加12件。",
        "举办培训2次,参加120人次。",
        "新收到国务院文件3件。",
        "对2件申请不予答复。",
        "收到政府信息公开申请,其中网上申请10件,当面申请2件。",
        "收到网上政府信息公开申请10件。",
        "收到申请约300件,近20余件转下年度。",
    ];
    insta::assert_snapshot!(sentences.map(stated).join("\n"), @"");
}

#[test]
fn a_line_may_break_anywhere() {
    let text = "全年新收到政府信息\n公开申请 25\n9 宗,办\n结254宗";
    insta::assert_snapshot!(stated(text), @"received_this_year 259宗; closed 254宗");
}

#[test]
fn counts_of_other_times_bodies_and_things_are_not_given() {
    let sentences = [
        "上年度共收到政府信息公开申请15件。上年同期收到政府信息公开申请15件。1—6月收到政府信息公开申请4件。",
        "2021年至2023年共收到政府信息公开申请420件。三年来收到政府信息公开申请420件。",
        "2021年、2022年、2023年分别收到政府信息公开申请10件、15件、12件。",
        "截至2023年11月底，共收到政府信息公开申请4件。截至6月底，新收政府信息公开申请5件。",
        "去年同意公开8件，同意部分公开2件，不同意公开1件。",
        "较去年增加3件，共收到政府信息公开申请18件，上年结转2件。",
        "不予受理政府信息公开申请2件。未按期答复政府信息公开申请2件。申请均已答复，未办结1件。",
        "今年新增贷款申请310件。项目结转下年度5个。12345热线已答复3500件，网民留言均已办结35件。",
        "行政许可申请均已办结。上年结转申请均已办结。努力实现申请全部按期办结。",
        "收到政府信息公开申请12件左右。收到12人提交的政府信息公开申请35件。申请已全部办结11件，剩余1件。",
        "各镇（街道）收到政府信息公开申请15件。",
        "行政复议案件共30件，涉及政府信息公开3件。其他行政诉讼35件。",
    ];
    insta::assert_snapshot!(sentences.map(stated).join("\n"), @"





    received_total 18件; carried_in 2件
    ");
}

#[test]
fn words_of_other_matters_in_other_clauses() {
    let sentences = [
        "严格落实保密审查制度,全年收到政府信息公开申请5件。",
        "规范办理流程和审批流程,全年收到政府信息公开申请5件。",
        "2021年行政诉讼1件、行政复议2件。",
    ];
    insta::assert_snapshot!(sentences.map(stated).join("\n"), @r"
    received_total 5件
    received_total 5件
    litigation 1件; review 2件
    ");
}

#[test]
fn counts_of_several_years_are_not_given() {
    let stated = |text| stated_in(text, Some(2012));
    let sentences = [
        "2012年,受理政府信息公开申请9件。2012年1月1日至12月31日,收到政府信息公开申请9件。",
        "二〇一二年共收到政府信息公开申请9件。2012年累计收到政府信息公开申请9件。",
        "2008年5月1日至2012年底,累计受理政府信息公开申请85件。",
        "五年累计收到政府信息公开申请533件。十年来,我委共收到政府信息公开申请533件。",
        "从2008年5月《条例》正式施行到2012年12月底,我局共收到政府信息公开申请90件。",
        "《条例》施行五年间,收到政府信息公开申请90件。“十一五”期间,收到政府信息公开申请90件。",
        "过去五年共收到政府信息公开申请90件。本届政府任期内,收到政府信息公开申请90件。",
        "政府信息公开工作启动至今,收到政府信息公开申请90件。",
    ];
    insta::assert_snapshot!(sentences.map(stated).join("\n"), @"
    received_total 9件; received_total 9件
    received_total 9件; received_total 9件
    ");
}

#[test]
fn counts_of_other_matters_and_bodies_are_not_given() {
    let sentences = [
        "收到政府信息公开申请8件,均已按时办结。行政复议1件,行政诉讼2件。",
        "受理政府信息公开申请5件。窗口受理申请3200件,办结3198件。",
        "收到政府信息公开申请8件,其中6件均已按时办结,2件结转下年度。",
        "上年结转的3件申请已全部办结。收到的5件网上申请均已办结。",
        "本年度受理行政审批申请3200件,均已按时办结。",
        "保密审查信息500条,其中同意公开480条,不予公开20条。",
        "各级行政机关共受理政府信息公开申请312件。全市法院受理行政诉讼88件。",
        "本机关作为复议机关收到行政复议申请35件。行政诉讼、行政复议2件。",
        "收到行政复议申请12件,均与政府信息公开无关。",
        "2012年共主动公开政府信息12个方面412条。",
    ];
    insta::assert_snapshot!(sentences.map(stated).join("\n"), @"
    all_closed 0; received_total 8件; review 1件; litigation 2件
    received_total 5件
    received_total 8件; carried_out 2件
    carried_in 3件
    ");
}
