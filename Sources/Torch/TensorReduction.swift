/// Fewer elements, or the same in another shape.
extension Tensor {
    /// The sum of all elements.
    package func sum() throws(TorchError) -> Tensor { try call("sum") }

    /// Sums along `dimensions`, which disappear. Negative ones count from the end.
    package func sum(along dimensions: [Int]) throws(TorchError) -> Tensor {
        try call("sum", overload: "dim_IntList", .integers(dimensions))
    }

    /// The mean of all elements.
    package func mean() throws(TorchError) -> Tensor { try call("mean") }

    /// Means along `dimensions`, which disappear.
    package func mean(along dimensions: [Int]) throws(TorchError) -> Tensor {
        try call("mean", overload: "dim", .integers(dimensions))
    }

    /// Largest elements along `dimensions`, which disappear. Equal ones share the gradient.
    package func maximum(along dimensions: [Int]) throws(TorchError) -> Tensor {
        try call("amax", .integers(dimensions))
    }

    /// The Euclidean length of all elements.
    package func length() throws(TorchError) -> Tensor { try call("linalg_vector_norm") }

    /// One size may be -1: as large as the elements make it.
    package func reshaped(_ shape: [Int]) throws(TorchError) -> Tensor {
        try call("reshape", .integers(shape))
    }

    /// Each row's elements in one line: [rows, …] becomes [rows, width].
    package func flattened() throws(TorchError) -> Tensor { try call("flatten", overload: "using_ints", 1) }

    /// The rows of these numbers, in this order: one copy.
    package func rows(_ indices: Tensor) throws(TorchError) -> Tensor {
        try call("index_select", 0, .tensor(indices))
    }

    /// Of each row the element in the column that `columns` has for it: [rows].
    package func elements(inColumns columns: Tensor) throws(TorchError) -> Tensor {
        try call("gather", 1, .tensor(columns.reshaped([-1, 1]))).reshaped([-1])
    }

    /// Several tensors under one another.
    package static func stacked(_ tensors: [Tensor]) throws(TorchError) -> Tensor {
        try call("cat", .tensors(tensors), 0)
    }
}
