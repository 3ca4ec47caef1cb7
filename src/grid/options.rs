//! Drafts -> the ways each of them can be read.

use super::{Draft, Reader};
use crate::row::{Slot, Style, cuts_where, exchanged, options};

impl Reader<'_> {
    /// Gives each row its options: none where nothing vouches for any. `foreign_header`: how many
    /// columns there are is not known.
    pub(super) fn give_options(&self, drafts: &mut [Draft], style: &Style, foreign_header: bool) {
        let (text, traits) = (self.document.text, self.traits);
        for draft in drafts.iter_mut() {
            draft.options = options(text, &draft.text, traits, self.sums_of(draft.row), style);
            if let [reading] = draft.options.as_slice() {
                draft.withheld |= exchanged(reading, traits);
                // Which cell is lost, signs and decimals alone do not say.
                let lost = style.bordered && reading.contains(&Slot::Missing);
                draft.withheld |= lost && !draft.text.cut;
            }
            let doubtful = draft.text.doubtful || foreign_header;
            // How many columns there are is not known then: values elsewhere say it no better.
            draft.text.uncoded |= foreign_header && !style.glued;
            if draft.withheld
                || draft.text.uncoded
                || doubtful && self.sums_of(draft.row).is_empty()
            {
                draft.options.clear();
            }
            draft.direct = !draft.text.doubtful && !style.glued
                || style.glued && draft.options.len() == 1 && self.sums_of(draft.row).is_empty();
        }
        let values = |draft: &Draft| draft.text.values().count();
        let unread = |draft: &&Draft| values(draft) > 0 && draft.options.is_empty();
        // Rows that cannot be cut show that cells of glued rows may be empty: one that has too few digits,
        // or several. One or two may have sums that are broken.
        let digits = |draft: &Draft| {
            let said = draft.text.values().map(|token| text.get(&token.range));
            said.map(str::len).sum::<usize>()
        };
        let may_be_cut = |draft: &&Draft| unread(draft) && !draft.withheld;
        let uncut = || drafts.iter().filter(may_be_cut);
        let empty = uncut().count() > 2 || uncut().any(|draft| digits(draft) < traits.len());
        let empty = style.glued && empty;
        if empty {
            for draft in drafts.iter_mut().filter(|draft| !draft.options.is_empty()) {
                let sums = self.sums_of(draft.row);
                draft.options = cuts_where(text, &draft.text, traits, sums, true);
            }
        }
        let valued = drafts.iter().filter(|draft| values(draft) > 0);
        let unread = valued.clone().filter(unread);
        // Where most rows cannot be cut into as many values as there are columns, those that can be
        // are cut wrong: there is another column, or something stands behind each row.
        if style.glued && unread.count() * 2 > valued.count() {
            drafts.iter_mut().for_each(|draft| draft.options.clear());
        }
    }
}
