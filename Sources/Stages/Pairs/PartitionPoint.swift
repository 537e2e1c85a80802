/// The first index of `range` for which `isBefore` does not hold, or its end; it must hold for all before
/// that.
@inline(__always)
func partitionPoint(_ range: Range<Int>, isBefore: (Int) -> Bool) -> Int {
    var low = range.lowerBound
    var length = range.count
    while length > 0 {
        let half = length >> 1
        let middle = low + half
        let before = isBefore(middle)
        low = before ? middle + 1 : low
        length = before ? length - half - 1 : half
    }
    return low
}
