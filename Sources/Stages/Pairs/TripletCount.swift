/// How many triplets are asked for.
package enum TripletCount: Hashable, Sendable {
    /// So many for each example that can be an anchor. 1 is an epoch in which each is the anchor once.
    case perAnchor(Int)
    /// So many in all.
    case total(Int)
}
