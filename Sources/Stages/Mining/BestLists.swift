/// Bounded lists of rows with the greatest scores, one list beside another: greatest first, equal ones by row number.
struct BestLists {
    let capacity: Int
    private var scores: [Float]
    private var positions: [UInt32]
    private var counts: [Int]

    init(count: Int, capacity: Int) {
        self.capacity = capacity
        scores = [Float](repeating: 0, count: count * capacity)
        positions = [UInt32](repeating: 0, count: count * capacity)
        counts = [Int](repeating: 0, count: count)
    }

    func count(_ list: Int) -> Int { counts[list] }
    func score(_ list: Int, _ place: Int) -> Float { scores[list * capacity + place] }
    func position(_ list: Int, _ place: Int) -> Int { Int(positions[list * capacity + place]) }

    /// A score that has to be exceeded to come into the list.
    func bar(_ list: Int) -> Float {
        counts[list] < capacity ? -.infinity : scores[(list + 1) * capacity - 1].nextDown
    }

    /// Takes a position in, if it is among the best; `numbers` are the row numbers of positions.
    mutating func offer(_ position: Int, score: Float, to list: Int, numbers: [UInt32]) {
        let start = list * capacity
        let number = numbers[position]
        func precedes(_ place: Int) -> Bool {
            let other = scores[start + place]
            return score > other || score == other && number < numbers[Int(positions[start + place])]
        }
        var place = counts[list]
        if place == capacity {
            guard precedes(place - 1) else { return }
            place -= 1
        } else {
            counts[list] += 1
        }
        while place > 0, precedes(place - 1) {
            scores[start + place] = scores[start + place - 1]
            positions[start + place] = positions[start + place - 1]
            place -= 1
        }
        scores[start + place] = score
        positions[start + place] = UInt32(position)
    }
}
