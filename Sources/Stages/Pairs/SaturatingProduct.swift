/// The product of two counts, or 2⁶³ − 1 where it is larger: more than anyone asks for.
func saturatingProduct(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let (product, overflow) = one.multipliedReportingOverflow(by: other)
    return overflow ? UInt64(Int.max) : min(product, UInt64(Int.max))
}
