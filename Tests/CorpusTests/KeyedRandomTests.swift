import Testing

@testable import Corpus

struct KeyedRandomTests {
    private let random = KeyedRandom(seed: 42, domain: "test")

    /// Computed apart from this code: the message laid out in Python 3, hashed by OpenSSL 3.0.19. Exact.
    @Test("the bits of fixed questions never change")
    func pinned() {
        #expect(random.bits("19") == 15_485_960_294_899_536_759)
        #expect(random.bits("19", 1) == 11_436_972_050_519_341_455)
        #expect(random.bits("") == 17_025_356_311_314_229_331)
        #expect(random.bits(19) == 10_452_220_705_303_832_413)
        #expect(random.bits(19, 1) == 10_715_381_908_467_429_338)
        #expect(random.below(1_000, "19") == 839)
        #expect(random.below(1_000, 19) == 566)
        #expect(random.unit("19") == 0.839495589737717)
    }

    @Test("seed, domain, id, counter and kind of id each change the bits")
    func everyPartCounts() {
        let all = [
            random.bits("7"), random.bits("8"), random.bits("7", 1), random.bits(7), random.bits(8),
            random.bits(7, 1), random.bits(1, 7), KeyedRandom(seed: 43, domain: "test").bits("7"),
            KeyedRandom(seed: 42, domain: "tests").bits("7"),
            KeyedRandom(seed: 42, domain: "test").bits("77"),
        ]
        #expect(Set(all).count == all.count)
        #expect(KeyedRandom(seed: 42, domain: "test").bits("7") == random.bits("7"))
    }

    @Test("numbers below a bound are evenly spread: chi-square within six deviations")
    func belowIsEven() {
        for bound: UInt64 in [2, 3, 10, 97] {
            var counts = [Double](repeating: 0, count: Int(bound))
            let draws = 1_000 * Int(bound)
            for draw in 0..<draws { counts[Int(random.below(bound, UInt64(draw)))] += 1 }
            let chiSquare = counts.reduce(0) { $0 + ($1 - 1_000) * ($1 - 1_000) / 1_000 }
            let freedom = Double(bound - 1)
            #expect(chiSquare < freedom + 6 * (2 * freedom).squareRoot(), "below \(bound)")
        }
    }

    @Test("a bound of three quarters of all words is as fair as a small one")
    func largeBound() {
        let bound: UInt64 = 3 << 62
        let draws = 6_000
        let thirds = (0..<draws).reduce(into: [0, 0, 0]) { counts, draw in
            let value = random.below(bound, "x", UInt64(draw))
            #expect(value < bound)
            counts[Int(value >> 62)] += 1
        }
        // 2 000 each is expected, with a deviation of 36.5; plain modulo would give 3 000, 1 500, 1 500.
        for third in thirds { #expect(abs(third - 2_000) < 220) }
        #expect(random.below(1, "x") == 0)
    }

    @Test("numbers of the unit interval stay in it and average one half")
    func unitInterval() {
        let values = (0..<10_000).map { random.unit("u", UInt64($0)) } + (0..<10_000).map { random.unit($0) }
        #expect(values.allSatisfy { $0 >= 0 && $0 < 1 })
        // The mean of 20 000 has a deviation of 0.00204.
        #expect(abs(values.reduce(0, +) / 20_000 - 0.5) < 0.0123)
    }
}
