/// Gives a reused buffer exactly `count` values and keeps its storage; the values themselves are leftovers.
func resize(_ buffer: inout [Float], to count: Int) {
    if buffer.count > count {
        buffer.removeLast(buffer.count - count)
    } else {
        extend(&buffer, to: count, by: zeroFloats)
    }
}

/// Appends zeros until the buffer has `count` values, a block at a time: whole blocks are copied as memory,
/// which stays fast where the compiler does not optimize.
func extend<Value>(_ buffer: inout [Value], to count: Int, by zeros: [Value]) {
    if buffer.capacity < count { buffer.reserveCapacity(max(count, 2 * buffer.capacity)) }
    while buffer.count < count { buffer.append(contentsOf: zeros.prefix(count - buffer.count)) }
}

let zeroFloats = [Float](repeating: 0, count: 4096)
let zeroBytes = [UInt8](repeating: 0, count: 16384)
