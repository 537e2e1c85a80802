import Features
import Testing

/// Matrix products: each element is its row's products added one by one, at every level.
@Suite("matrix products") struct ProductTests {
    static let shapes: [(rows: Int, columns: Int, depth: Int)] = [
        (1, 1, 1), (1, 33, 7), (3, 31, 256), (4, 32, 257), (5, 64, 3), (8, 8, 511), (9, 17, 512),
        (95, 40, 20),
        (96, 32, 256), (97, 65, 300), (193, 3, 9),
    ]

    static func values(_ count: Int, _ salt: Int) -> [Float] {
        (0..<count).map { Float(($0 * 7919 + salt * 104_729) % 2003 - 1001) / 701 }
    }

    static func product(_ a: [Float], _ b: [Float], depth: Int, level: CPULevel) -> [Float] {
        let packed = PackedRows(b.span, depth: depth, level: level)
        let multiplier = MatrixProduct(level: level)
        var output = [Float](repeating: .nan, count: a.count / depth * packed.rowCount)
        var span = output.mutableSpan
        multiplier.multiply(a.span, by: packed, into: &span)
        return output
    }

    @Test(
        "an element is its products added in order, never fused, whatever the shape and level",
        arguments: shapes)
    func elements(rows: Int, columns: Int, depth: Int) {
        let (a, b) = (Self.values(rows * depth, 1), Self.values(columns * depth, 2))
        var expected: [UInt32] = []
        for row in 0..<rows {
            for column in 0..<columns {
                var sum: Float = 0
                for k in 0..<depth { sum += a[row * depth + k] * b[column * depth + k] }
                expected.append(sum.bitPattern)
            }
        }
        for level in CPULevel.available {
            let actual = Self.product(a, b, depth: depth, level: level)
            #expect(actual.map(\.bitPattern) == expected, "\(level)")
        }
    }

    @Test("packed rows can be filled again with fewer", arguments: CPULevel.available)
    func refill(level: CPULevel) {
        let (a, b) = (Self.values(5 * 21, 3), Self.values(40 * 21, 4))
        var packed = PackedRows(b.span, depth: 21, level: level)
        let few = Array(b[21..<21 * 12])
        packed.fill(few.span, count: 11)
        let multiplier = MatrixProduct(level: level)
        var output = [Float](repeating: .nan, count: 5 * 11)
        var span = output.mutableSpan
        multiplier.multiply(a.span, by: packed, into: &span)
        #expect(output == Self.product(a, few, depth: 21, level: .base))
    }

    @Test("places between two limits exclude both and rise", arguments: CPULevel.available)
    func places(level: CPULevel) {
        for count in [0, 1, 15, 63, 64, 65, 200] {
            let values = (0..<count).map { Float($0 * 37 % 101) }
            var places = [UInt32](repeating: 0, count: count)
            var span = places.mutableSpan
            let found = MatrixProduct(level: level).places(
                in: values.span, above: 20, below: 60, into: &span)
            #expect(
                places.prefix(found).map { Int($0) }
                    == values.indices.filter { (21..<60).contains(values[$0]) })
        }
    }

    @Test("rows get their addend, and negative sums become 0 where asked", arguments: CPULevel.available)
    func addends(level: CPULevel) {
        let addend = Self.values(19, 5)
        let matrix = Self.values(19 * 3, 6)
        for rectifies in [false, true] {
            var sums = matrix
            var span = sums.mutableSpan
            MatrixProduct(level: level).add(addend.span, toRows: 3, of: &span, rectifies: rectifies)
            let plain = matrix.indices.map { matrix[$0] + addend[$0 % 19] }
            #expect(sums == (rectifies ? plain.map { max($0, 0) } : plain))
        }
    }
}
