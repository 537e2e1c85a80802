/// Draws shared out among members in rounds: in round r everyone with a capacity above r has one.
///
/// So after any number of draws two members that are not used up differ by one at most, and a member is used
/// up only when its capacity is. Draw i is located without the others: members stand by capacity, the rounds
/// between two capacities all have the same number of members, and `filled[j]` counts the draws up to the
/// round in which member j is used up. O(members) memory, O(log members) time.
struct WaterFilling: Sendable {
    /// A place in the rounds: draw `slot` of `round`, in which the members from rank `first` on take part.
    struct Draw {
        var first: Int
        var open: UInt64
        var round: UInt64
        var slot: UInt64
    }

    /// The members that have a capacity, by capacity and then by number; the place here is the *rank*.
    let members: [UInt32]
    let capacities: [UInt64]
    let filled: [UInt64]

    init(_ members: [(member: Int, capacity: UInt64)]) {
        let ordered = members.filter { $0.capacity > 0 }.sorted {
            ($0.capacity, $0.member) < ($1.capacity, $1.member)
        }
        self.members = ordered.map { UInt32($0.member) }
        capacities = ordered.map(\.capacity)
        var filled: [UInt64] = []
        filled.reserveCapacity(ordered.count)
        var (draws, level): (UInt64, UInt64) = (0, 0)
        for (rank, entry) in ordered.enumerated() {
            draws += (entry.capacity - level) * UInt64(ordered.count - rank)
            level = entry.capacity
            filled.append(draws)
        }
        self.filled = filled
    }

    /// The sum of all capacities.
    var total: UInt64 { filled.last ?? 0 }

    /// Where draw `index`, which is below the total, stands.
    @inline(__always)
    func draw(_ index: UInt64) -> Draw {
        let first = index < filled[0] ? 0 : partitionPoint(1..<filled.count) { filled[$0] <= index }
        let base = first == 0 ? 0 : filled[first - 1]
        return draw(index - base, first: first, open: UInt64(members.count - first))
    }

    /// Where draw `index` stands when the member of rank `absent` takes no part. The ranks from `first` on
    /// still count it.
    @inline(__always)
    func draw(_ index: UInt64, without absent: Int) -> Draw {
        let own = capacities[absent]
        let first =
            index < filled[0] - capacities[0]
            ? 0 : partitionPoint(0..<filled.count) { filled[$0] - min(own, capacities[$0]) <= index }
        let base = first == 0 ? 0 : filled[first - 1] - min(own, capacities[first - 1])
        let open = members.count - first - (absent >= first ? 1 : 0)
        return draw(index - base, first: first, open: UInt64(open))
    }

    @inline(__always)
    private func draw(_ offset: UInt64, first: Int, open: UInt64) -> Draw {
        let level = first == 0 ? 0 : capacities[first - 1]
        let (rounds, slot) = offset.quotientAndRemainder(dividingBy: open)
        return Draw(first: first, open: open, round: level + rounds, slot: slot)
    }
}
