import Corpus

/// The rows that pairs are drawn from, ordered by sex, speaker, session and row number.
///
/// A *position* counts rows in this order, so that the rows of a sex, of a speaker and of a session each
/// stand together; a *group* is a speaker that has rows, a *block* one of its sessions. Memory is 4 bytes per
/// row and 4 per session, twice that while it is made.
package struct PairRows: Sendable {
    /// The row number at each position.
    let rowNumbers: [UInt32]
    /// The first position of each group, and the end.
    let groupStarts: [UInt32]
    /// The first block of each group, and the end.
    let groupBlocks: [UInt32]
    /// The first position of each block, and the end.
    let blockStarts: [UInt32]
    /// The groups whose sex is female, male, unknown.
    let strata: [Range<Int>]

    /// - Parameters:
    ///   - speakers: for each eligible row the index of its speaker in `sexOfSpeaker`.
    ///   - sessions: for each eligible row the index of its session, unique across the corpus.
    ///   - sexOfSpeaker: for each speaker of the corpus; those without rows are passed over.
    ///   - rowNumbers: the row number of each eligible row, strictly ascending; `nil` for 0, 1, 2 …
    package init(
        speakers: [UInt32], sessions: [UInt32], sexOfSpeaker: [Sex], rowNumbers: [UInt32]? = nil
    ) {
        let count = speakers.count
        precondition(count <= Int(UInt32.max), "\(count) rows; a row number has 32 bits")
        precondition(sessions.count == count, "\(count) speakers of rows, but \(sessions.count) sessions")
        PairRows.check(rowNumbers, count: count)
        let present = PairRows.speakersInOrder(speakers, sexOfSpeaker)
        var order = PairRows.rowsBySpeaker(speakers, present, speakerCount: sexOfSpeaker.count)
        let blocks = PairRows.sortBySession(&order, starts: present.starts, sessions)
        if let rowNumbers {
            for position in order.indices { order[position] = rowNumbers[Int(order[position])] }
        }
        self.rowNumbers = order
        groupStarts = present.starts
        groupBlocks = blocks.ofGroup
        blockStarts = blocks.starts
        strata = present.strata
    }

    /// How many rows there are.
    package var count: Int { rowNumbers.count }

    /// How many speakers have a row.
    package var speakerCount: Int { groupStarts.count - 1 }

    @inline(__always)
    func start(_ group: Int) -> Int { Int(groupStarts[group]) }

    /// How many rows a group has.
    @inline(__always)
    func size(_ group: Int) -> Int { Int(groupStarts[group + 1] &- groupStarts[group]) }

    @inline(__always)
    func blocks(_ group: Int) -> Range<Int> { Int(groupBlocks[group])..<Int(groupBlocks[group + 1]) }

    @inline(__always)
    func positions(block: Int) -> Range<Int> { Int(blockStarts[block])..<Int(blockStarts[block + 1]) }

    /// The block of a position of the group.
    @inline(__always)
    func block(of position: Int, group: Int) -> Int {
        let blocks = blocks(group)
        return partitionPoint(blocks.lowerBound + 1..<blocks.upperBound) {
            Int(blockStarts[$0]) <= position
        } - 1
    }

    /// Puts row numbers in the place of positions. Apart from the arithmetic that made them, so that the CPU
    /// waits for many rows at once instead of one after another.
    func replacePositions(_ column: inout MutableSpan<UInt32>) {
        for place in column.indices { column[place] = rowNumbers[Int(column[place])] }
    }

    /// The groups among which negatives are drawn: everyone, or females and males apart.
    func strata(_ negatives: PairRules.Negatives) -> [Range<Int>] {
        negatives == .any ? [0..<speakerCount] : Array(strata.prefix(2))
    }
}
