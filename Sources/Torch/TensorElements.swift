internal import CTorch

extension Tensor {
    /// A tensor of float32 in the machine's memory whose elements are not set yet.
    package convenience init(empty shape: [Int]) throws(TorchError) {
        unsafe self.init(owning: try Tensor.handle(shape, CT_FLOAT32))
    }

    /// A tensor of float32 in the machine's memory. `values` fill `shape` row by row; without it they are one row.
    package convenience init(_ values: [Float], shape: [Int]? = nil) throws(TorchError) {
        unsafe self.init(owning: try Tensor.handle(shape ?? [values.count], CT_FLOAT32))
        try fill(with: values)
    }

    /// A tensor of int64 in the machine's memory: labels, indices.
    package convenience init(integers values: [Int64], shape: [Int]? = nil) throws(TorchError) {
        unsafe self.init(owning: try Tensor.handle(shape ?? [values.count], CT_INT64))
        try fill(with: values)
    }

    private static func handle(_ shape: [Int], _ kind: Int32) throws(TorchError) -> OpaquePointer {
        let sizes = shape.map(Int64.init)
        var handle: OpaquePointer?
        guard unsafe ct_empty(kind, sizes, sizes.count, &handle) == 0, let handle = unsafe handle else {
            throw .last("a tensor of shape \(shape)")
        }
        return unsafe handle
    }

    private func fill<Element: BitwiseCopyable>(with values: [Element]) throws(TorchError) {
        precondition(
            values.count == elementCount, "\(values.count) values do not fill a tensor of shape \(shape)")
        try unsafe withElements(Element.self) { (target: UnsafeMutableBufferPointer<Element>) in
            _ = unsafe target.update(fromContentsOf: values)
        }
    }

    /// Lets `body` write the elements of a float32 tensor in the machine's memory, row by row.
    package func fill(_ body: (inout MutableSpan<Float>) -> Void) throws(TorchError) {
        precondition(!isInteger, "floats are to be written into a tensor of integers")
        try unsafe withElements(Float.self) { (target: UnsafeMutableBufferPointer<Float>) in
            var span = unsafe MutableSpan(_unsafeElements: target)
            body(&span)
        }
    }

    /// A copy of the elements of a float32 tensor, wherever it lies, row by row.
    package func floats() throws(TorchError) -> [Float] {
        precondition(!isInteger, "the elements are integers; read them with integers()")
        return try copied(Float.self, zero: 0)
    }

    /// A copy of the elements of an int64 tensor, wherever it lies, row by row.
    package func integers() throws(TorchError) -> [Int64] {
        precondition(isInteger, "the elements are floats; read them with floats()")
        return try copied(Int64.self, zero: 0)
    }

    /// The number in a float32 tensor of one element.
    package func number() throws(TorchError) -> Float {
        let values = try floats()
        precondition(values.count == 1, "a tensor of \(values.count) elements is not one number")
        return values[0]
    }

    private func copied<Element: BitwiseCopyable>(_ type: Element.Type, zero: Element) throws(TorchError)
        -> [Element]
    {
        let local = try unsafe Tensor.made("a copy to the machine's memory") {
            unsafe ct_on_device(handle, -1, $0)
        }
        var values = [Element](repeating: zero, count: local.elementCount)
        try unsafe local.withElements(Element.self) { (source: UnsafeMutableBufferPointer<Element>) in
            unsafe values.withUnsafeMutableBufferPointer { target in
                _ = unsafe target.update(fromContentsOf: source)
            }
        }
        return values
    }

    private func withElements<Element: BitwiseCopyable>(
        _ type: Element.Type, _ body: (UnsafeMutableBufferPointer<Element>) -> Void
    ) throws(TorchError) {
        // No elements have no address.
        guard elementCount > 0 else { return }
        var address: UnsafeMutableRawPointer?
        guard unsafe ct_elements(handle, &address) == 0 else { throw .last("a look at the elements") }
        let start = unsafe address?.assumingMemoryBound(to: Element.self)
        unsafe body(UnsafeMutableBufferPointer(start: start, count: elementCount))
    }
}
