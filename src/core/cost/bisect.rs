//! Bisection: numbers of requests at which something changes.

/// The least number above `low`, at most `high`, for which `holds`, given that it holds from some point on.
pub(super) fn first_where(mut low: u64, mut high: u64, holds: impl Fn(u64) -> bool) -> u64 {
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle
        } else {
            low = middle
        }
    }
    high
}

/// From `first` on, the last number of at most `to` for which a value is the same, given that it never comes back.
pub(super) fn last_alike<T: PartialEq>(first: u64, to: u64, of: impl Fn(u64) -> T) -> u64 {
    let same = of(first);
    if of(to) == same {
        return to.max(first);
    }
    let (mut low, mut high) = (first, to);
    while low < high {
        let middle = high - (high - low) / 2;
        if of(middle) == same {
            low = middle
        } else {
            high = middle - 1
        }
    }
    low
}
