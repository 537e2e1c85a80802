internal import ContentStore
package import Torch

/// The examples of a dataset in their mapped files. A batch is put together by row numbers with one copy, from the
/// file's memory to the tensor's.
package struct MappedExamples: Sendable {
    private struct Part {
        let firstRow: Int
        let rows: MappedRows
    }

    /// How many examples there are.
    package let count: Int
    /// The shape of one, as it is stored: [64, 64].
    package let shape: [Int]
    private let parts: [Part]

    /// Maps the features artifacts at `paths`, whose rows follow one another.
    package init(_ paths: [String]) throws(TrainingError) {
        var (parts, count): ([Part], Int) = ([], 0)
        for path in paths {
            let rows = try MappedExamples.rows(path)
            if let first = parts.first?.rows, first.rowShape != rows.rowShape {
                throw .unusable(
                    "\(path) holds examples of shape \(rows.rowShape) beside others of \(first.rowShape)")
            }
            parts.append(Part(firstRow: count, rows: rows))
            count += rows.count
        }
        guard let first = parts.first else { throw .unusable("the dataset has no features") }
        (self.parts, self.count, shape) = (parts, count, first.rows.rowShape)
    }

    private static func rows(_ path: String) throws(TrainingError) -> MappedRows {
        do {
            let file = try TensorFileReader(path: path)
            guard file.entries["row.frameEnd"] == nil else {
                throw TrainingError.unusable(
                    "\(path) holds whole utterances of different lengths; a network takes examples of one length: give "
                        + "the recipe frame.length or frame.group")
            }
            let rows = try file.mapped("features")
            guard rows.type == .float32 || rows.type == .float16 else {
                throw TrainingError.unusable(
                    "\(path) holds features of type \(rows.type.rawValue), not F32 or F16")
            }
            return rows
        } catch let error as StoreError {
            throw .store(error)
        } catch let error as TrainingError {
            throw error
        } catch {
            throw .unusable("\(path): \(error)")
        }
    }

    /// How often an example stands in a network's input of this shape: once, or once for each of its channels.
    /// Throws when it does not fit.
    package func repetitions(for exampleShape: [Int], of network: String) throws(TrainingError) -> Int {
        try MappedExamples.repetitions(of: shape, for: exampleShape, of: network)
    }

    /// The same for examples of the shape `shape`.
    static func repetitions(
        of shape: [Int], for exampleShape: [Int], of network: String
    ) throws(TrainingError) -> Int {
        let (own, wanted) = (shape.filter { $0 != 1 }, exampleShape.filter { $0 != 1 })
        if own == wanted { return 1 }
        if let channels = exampleShape.first, own == Array(exampleShape.dropFirst()) { return channels }
        throw .unusable(
            "the dataset's examples have the shape \(shape), and \(network) takes \(exampleShape); change the recipe's "
                + "features or the network's parameters")
    }

    /// The examples of these rows as [rows, exampleShape…] in the machine's memory.
    ///
    /// - Parameter repetitions: what `repetitions` has found for this shape.
    package func batch(
        _ rows: [UInt32], _ exampleShape: [Int], repetitions: Int
    ) throws(TrainingError) -> Torch.Tensor {
        try TrainingError.wrapping { () throws(TorchError) in
            let tensor = try Torch.Tensor(empty: [rows.count] + exampleShape)
            let width = shape.reduce(1, *)
            try tensor.fill { values in
                for (place, row) in rows.enumerated() {
                    let part = parts[part(of: Int(row))]
                    part.rows.withRow(Int(row) - part.firstRow) { bytes in
                        for copy in 0..<repetitions {
                            let start = (place * repetitions + copy) * width
                            copyRow(bytes, part.rows.type, to: &values, start..<start + width)
                        }
                    }
                }
            }
            return tensor
        }
    }

    private func copyRow(
        _ bytes: RawSpan, _ type: ElementType, to values: inout MutableSpan<Float>, _ range: Range<Int>
    ) {
        if type == .float32 {
            var target = values._mutatingExtracting(range)
            unsafe target.withUnsafeMutableBytes { target in
                unsafe bytes.withUnsafeBytes { unsafe target.copyMemory(from: $0) }
            }
            return
        }
        for (index, place) in range.enumerated() {
            let half = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
            values[place] = HalfPrecision.float(half)
        }
    }

    /// The part that holds a row.
    private func part(of row: Int) -> Int {
        precondition(row < count, "row \(row) of \(count)")
        var (low, high) = (0, parts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if parts[middle].firstRow <= row { low = middle } else { high = middle }
        }
        return low
    }
}
