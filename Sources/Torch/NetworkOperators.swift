/// What networks are made of. Inputs are [examples, channels, length] or [examples, channels, height, width].
extension Tensor {
    /// Kernels of one or two dimensions, as many as `stride` has sizes. Zeros stand around: `padding` on both sides.
    package func convolved(
        _ weight: Tensor, bias: Tensor?, stride: [Int], padding: [Int]
    ) throws(TorchError) -> Tensor {
        try call(
            stride.count == 1 ? "conv1d" : "conv2d", .tensor(weight), .optional(bias), .integers(stride),
            .integers(padding))
    }

    /// self · weightᵀ + bias.
    package func linear(_ weight: Tensor, bias: Tensor?) throws(TorchError) -> Tensor {
        try call("linear", .tensor(weight), .optional(bias))
    }

    /// The largest of windows of these sizes, side by side unless `stride` says otherwise.
    package func maxPooled(_ sizes: [Int], stride: [Int]? = nil, padding: Int = 0) throws(TorchError)
        -> Tensor
    {
        try call(
            sizes.count == 1 ? "max_pool1d" : "max_pool2d", .integers(sizes), .integers(stride ?? sizes),
            .integers(sizes.map { _ in padding }))
    }

    /// Means of square windows, side by side.
    package func averagePooled(_ size: Int) throws(TorchError) -> Tensor {
        try call("avg_pool2d", .integers([size, size]))
    }

    /// `count` mirrored rows and columns on every side.
    package func reflected(_ count: Int) throws(TorchError) -> Tensor {
        try call("reflection_pad2d", .integers([count, count, count, count]))
    }

    /// Zeros before and after the last dimension.
    package func zeroPadded(before: Int, after: Int) throws(TorchError) -> Tensor {
        try call("constant_pad_nd", .integers([before, after]))
    }

    /// While training, each element becomes 0 with probability `rate` below 1, and the others grow by 1/(1 − rate). What
    /// is drawn depends on the thread's seed alone.
    package func droppedOut(_ rate: Double, _ mode: Mode) throws(TorchError) -> Tensor {
        guard rate > 0, mode == .training else { return self }
        return try dropped(rate, shape)
    }

    /// Dropout of whole channels.
    package func channelsDroppedOut(_ rate: Double, _ mode: Mode) throws(TorchError) -> Tensor {
        guard rate > 0, mode == .training else { return self }
        return try dropped(rate, shape.prefix(2) + shape.dropFirst(2).map { _ in 1 })
    }

    /// libtorch's own dropout draws from a generator that the whole process shares.
    private func dropped(_ rate: Double, _ shape: [Int]) throws(TorchError) -> Tensor {
        let factors = try call("new_empty", .integers(shape))
        try factors.call("bernoulli_", overload: "float", .number(1 - rate), .generator)
        try factors.call("div_", overload: "Scalar", .number(1 - rate))
        return try self * factors
    }
}

/// Whether a network learns: batch normalization uses the batch's own statistics and dropout drops.
package enum Mode: Sendable { case training, evaluation }
