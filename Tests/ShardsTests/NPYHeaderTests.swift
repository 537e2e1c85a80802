import ContentStore
import Testing

@testable import Shards

@Suite("the head of a NumPy file")
struct NPYHeaderTests {
    /// numpy 2.1.3, `numpy.lib.format.write_array_header_1_0`: 128 bytes each, with this text and spaces.
    @Test(
        "is what numpy.save writes",
        arguments: [
            ([5], "{'descr': '<f4', 'fortran_order': False, 'shape': (5,), }"),
            ([64, 64], "{'descr': '<f4', 'fortran_order': False, 'shape': (64, 64), }"),
            (
                [123_456_789_012, 1000, 1000],
                "{'descr': '<f4', 'fortran_order': False, 'shape': (123456789012, 1000, 1000), }"
            ),
        ])
    func isNumPys(shape: [Int], text: String) {
        let bytes = NPYHeader.bytes(.float32, shape: shape)
        #expect(bytes.count == 128)
        #expect(Array(bytes[0..<10]) == [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 118, 0])
        let spaces = String(repeating: " ", count: 117 - text.utf8.count)
        #expect(String(decoding: bytes[10...], as: UTF8.self) == text + spaces + "\n")
    }
}
