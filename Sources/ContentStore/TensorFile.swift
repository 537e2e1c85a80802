internal import Foundation

/// The content of one artifact, written in the safetensors form:
///
///     u64 little-endian header length | header JSON, padded with spaces | tensors, one after another
///     {"__metadata__":{"kind":"…"},"name":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},…}
///
/// The header is spelled canonically (metadata sorted, tensors in file order), so equal content has equal
/// bytes; the data begins at a multiple of 64 bytes, so that a mapped file can be used in place.
package struct TensorFile: Sendable {
    package let metadata: [String: String]
    package let tensors: [Tensor]

    /// - Parameter kind: what the artifact is, kept in the metadata under `kind`.
    package init(kind: String, metadata: [String: String] = [:], tensors: [Tensor]) {
        self.metadata = metadata.merging(["kind": kind]) { _, new in new }
        self.tensors = tensors
    }

    /// The length field and the header, as they stand at the start of the file.
    func head() -> [UInt8] {
        var offset = 0
        var fields = ["\"__metadata__\":" + TensorFile.object(metadata)]
        for tensor in tensors {
            let size = tensor.elements.type.byteCount
            precondition(
                offset % size == 0,
                "tensor \(tensor.name) would start at byte \(offset), off its size \(size)")
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            let end = offset + tensor.byteCount
            fields.append(
                "\(TensorFile.quoted(tensor.name)):{\"dtype\":\"\(tensor.elements.type.rawValue)\","
                    + "\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]}")
            offset = end
        }
        var header = Array("{\(fields.joined(separator: ","))}".utf8)
        while (header.count + 8) % 64 != 0 { header.append(UInt8(ascii: " ")) }
        let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> ($0 * 8)) }
        return length + header
    }

    /// The whole file.
    package func bytes() -> [UInt8] {
        var copy: [UInt8] = []
        copy.reserveCapacity(byteCount)
        unsafe write { unsafe copy.append(contentsOf: $0) }
        return copy
    }

    package var byteCount: Int { tensors.reduce(head().count) { $0 + $1.byteCount } }

    private static func object(_ values: [String: String]) -> String {
        let pairs = values.sorted { $0.key.precedesByBytes($1.key) }
            .map { quoted($0.key) + ":" + quoted($0.value) }
        return "{" + pairs.joined(separator: ",") + "}"
    }

    /// `text` as a JSON string.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case let control where control.value < 0x20:
                quoted += "\\u" + String(0x10000 + control.value, radix: 16).dropFirst()
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
