/// Reads structs of Thrift's compact protocol, for tests: what stands in them by the fields' numbers.
struct ThriftReader {
    indirect enum Value: Equatable {
        case number(Int)
        case text([UInt8])
        case list([Value])
        case fields([Int: Value])

        subscript(_ field: Int) -> Value? {
            guard case .fields(let fields) = self else { return nil }
            return fields[field]
        }
        var number: Int? { if case .number(let number) = self { number } else { nil } }
        var list: [Value] { if case .list(let list) = self { list } else { [] } }
        var text: String {
            if case .text(let bytes) = self { String(decoding: bytes, as: UTF8.self) } else { "" }
        }
    }

    let bytes: [UInt8]
    var index: Int

    mutating func varint() -> Int {
        var (value, shift) = (0, 0)
        repeat {
            value |= Int(bytes[index] & 127) << shift
            shift += 7
            index += 1
        } while bytes[index - 1] & 128 != 0
        return value
    }

    private mutating func zigzag() -> Int {
        let number = varint()
        return number >> 1 ^ -(number & 1)
    }

    mutating func fields() -> Value {
        var (fields, last) = ([Int: Value](), 0)
        while true {
            let head = bytes[index]
            index += 1
            guard head != 0 else { return .fields(fields) }
            last = head >> 4 == 0 ? zigzag() : last + Int(head >> 4)
            fields[last] = value(head & 15)
        }
    }

    private mutating func value(_ kind: UInt8) -> Value {
        switch kind {
        case 5, 6: return .number(zigzag())
        case 8:
            let count = varint()
            index += count
            return .text(Array(bytes[(index - count)..<index]))
        case 9:
            let head = bytes[index]
            index += 1
            let count = head >> 4 == 15 ? varint() : Int(head >> 4)
            return .list((0..<count).map { _ in value(head & 15) })
        case 12: return fields()
        default: return .text(Array("kind \(kind)".utf8))
        }
    }
}
