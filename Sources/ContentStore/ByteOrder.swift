internal import Foundation

extension String {
    /// Whether this text comes before `other` in the order of their UTF-8 bytes: the order of everything we list,
    /// in any locale.
    package func precedesByBytes(_ other: String) -> Bool {
        let order: Int?? = unsafe utf8.withContiguousStorageIfAvailable { left in
            unsafe other.utf8.withContiguousStorageIfAvailable { right in
                guard let first = left.baseAddress, let second = right.baseAddress else {
                    return left.count - right.count
                }
                let difference = unsafe memcmp(first, second, min(left.count, right.count))
                return difference == 0 ? left.count - right.count : Int(difference)
            }
        }
        return order.flatMap { $0 }.map { $0 < 0 } ?? utf8.lexicographicallyPrecedes(other.utf8)
    }
}
