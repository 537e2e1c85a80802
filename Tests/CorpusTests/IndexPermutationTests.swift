import Testing

@testable import Corpus

struct IndexPermutationTests {
    @Test("every size from 1 to 2000 is permuted without a gap, and the inverse leads back")
    func bijective() {
        for size in 1...UInt64(2_000) {
            let permutation = IndexPermutation(size: size, seed: size &* 31)
            var seen = [Bool](repeating: false, count: Int(size))
            var wrong = 0
            for index in 0..<size {
                let value = permutation[index]
                if value >= size || seen[Int(value)] || permutation.index(of: value) != index { wrong += 1 }
                seen[Int(value)] = true
            }
            #expect(wrong == 0, "size \(size)")
        }
    }

    @Test(
        "large sizes lead there and back and stay in range",
        arguments: [
            0x1_0000_0000, 0x1_0000_0001, 1_000_000_007, 0x1fff_ffff_ffff_ffff, 0x4000_0000_0000_0001,
            0x8000_0000_0000_0000,
        ] as [UInt64])
    func largeSizes(size: UInt64) {
        let random = KeyedRandom(seed: 5, domain: "test")
        let permutation = IndexPermutation(size: size, seed: 9)
        var highHalf = 0
        for draw in 0..<UInt64(2_000) {
            let index = draw < 2 ? draw * (size - 1) : random.below(size, draw)
            let value = permutation[index]
            #expect(value < size && permutation.index(of: value) == index)
            if value >= size / 2 { highHalf += 1 }
        }
        // 1 000 is expected, with a deviation of 22.4.
        #expect(abs(highHalf - 1_000) < 135)
    }

    /// Computed apart from this code, from the description of `IndexPermutation` in Python 3. Exact.
    @Test("fixed permutations never change")
    func pinned() {
        let small = IndexPermutation(size: 10, seed: 1)
        #expect((0..<10).map { small[UInt64($0)] } == [0, 8, 6, 9, 1, 5, 7, 4, 2, 3])
        let middle = IndexPermutation(size: 1_000_000, seed: 2)
        #expect((0..<4).map { middle[UInt64($0)] } == [256_157, 400_663, 986_409, 859_330])
        let large = IndexPermutation(size: 1 << 63, seed: 3)
        let expected: [UInt64] = [
            837_476_472_224_345_821, 6_133_845_665_050_595_718, 6_694_771_020_128_921_636,
        ]
        #expect((0..<3).map { large[UInt64($0)] } == expected)
        #expect(small.reseeded(7) == IndexPermutation(size: 10, seed: 7))
    }

    @Test(
        "all orders of few things come up about equally often over the seeds",
        arguments: [2, 3, 4] as [UInt64])
    func smallOrders(size: UInt64) {
        let orders = (2...size).reduce(1, *)
        var counts: [[UInt64]: Double] = [:]
        let seeds = 400 * orders
        for seed in 0..<seeds {
            let permutation = IndexPermutation(size: size, seed: seed)
            counts[(0..<size).map { permutation[$0] }, default: 0] += 1
        }
        #expect(counts.count == Int(orders))
        for (order, count) in counts { #expect(count > 250 && count < 550, "\(order): \(count)") }
    }

    @Test(
        "where two neighbors go is evenly spread over the seeds: chi-square within six deviations",
        arguments: [7, 16, 23, 40] as [UInt64])
    func neighbors(size: UInt64) {
        let cells = Int(size * (size - 1))
        var counts = [Double](repeating: 0, count: Int(size * size))
        for seed in 0..<UInt64(100 * cells) {
            let permutation = IndexPermutation(size: size, seed: seed)
            counts[Int(permutation[2] * size + permutation[3])] += 1
        }
        var chiSquare = 0.0
        for (cell, count) in counts.enumerated() where cell / Int(size) != cell % Int(size) {
            chiSquare += (count - 100) * (count - 100) / 100
        }
        let freedom = Double(cells - 1)
        #expect(chiSquare < freedom + 6 * (2 * freedom).squareRoot(), "\(chiSquare) at \(freedom)")
    }

    @Test("a large permutation shows no serial correlation and spreads every stretch evenly")
    func largeStatistics() {
        let size: UInt64 = 1_000_003
        let permutation = IndexPermutation(size: size, seed: 77)
        var counts = [Double](repeating: 0, count: 100)
        var (products, previous) = (0.0, 0.5)
        for index in 0..<UInt64(100_000) {
            let value = permutation[index]
            counts[Int(value * 100 / size)] += 1
            let centered = Double(value) / Double(size) - 0.5
            products += centered * previous
            previous = centered
        }
        let chiSquare = counts.reduce(0) { $0 + ($1 - 1_000) * ($1 - 1_000) / 1_000 }
        #expect(chiSquare < 99 + 6 * 198.0.squareRoot())
        // The sum of 100 000 products of two uniform numbers in ±1/2 has a deviation of √100 000 / 12.
        #expect(abs(products) < 6 * 26.4)
    }
}
