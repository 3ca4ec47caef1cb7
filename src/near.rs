//! Searching a sorted list near the place of the search before.

/// Index of the last item that is not `behind` what is looked for; 0 where all are. `near` is
/// where it was found last time: what is read in order is there or next to it.
#[inline]
pub(crate) fn last_before<T>(items: &[T], near: usize, behind: impl Fn(&T) -> bool) -> usize {
    let is_it = |at: usize| {
        let before = items.get(at).is_some_and(|item| !behind(item));
        before && items.get(at + 1).is_none_or(&behind)
    };
    if is_it(near) {
        near
    } else if is_it(near + 1) {
        near + 1
    } else {
        items
            .partition_point(|item| !behind(item))
            .saturating_sub(1)
    }
}

#[test]
fn the_place_before_changes_nothing() {
    let items = [2, 4, 4, 7];
    for near in 0..6 {
        let found = (0..9).map(|at| last_before(&items, near, |item| *item > at));
        let found: Vec<usize> = found.collect();
        assert_eq!(found, [0, 0, 0, 0, 2, 2, 2, 3, 3]);
        assert_eq!(last_before(&[], near, |item: &usize| *item > 1), 0);
    }
}
