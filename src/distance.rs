//! How near two wordings are.

/// Characters to insert, delete or exchange to make one wording of the other.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

/// Characters of the longest sequence that stands in both in the same order.
pub(crate) fn common(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row = vec![0; b.len() + 1];
    for x in a.chars() {
        let mut corner = 0;
        for (j, y) in b.iter().enumerate() {
            let here = if x == *y {
                corner + 1
            } else {
                row[j + 1].max(row[j])
            };
            corner = row[j + 1];
            row[j + 1] = here;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        assert_eq!(
            distance("其他法律行政法规禁止公开", "其他法律行政止公开"),
            3
        );
        assert_eq!(distance("属于三类内部事务信息", "属于三类内容事务信息"), 1);
        assert_eq!(distance("", "规章"), 2);
    }

    #[test]
    fn characters_in_common() {
        assert_eq!(common("总体情况", "总体概述"), 2);
        assert_eq!(common("存在的主要问题及改进情况", "存在问题和改进措施"), 6);
        assert_eq!(common("其他需要报告的事项", "其他事项"), 4);
        assert_eq!(common("总体情况", ""), 0);
    }
}
