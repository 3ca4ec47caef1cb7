//! Prose -> the counts it states, such as 全年新收到政府信息公开申请259宗.
