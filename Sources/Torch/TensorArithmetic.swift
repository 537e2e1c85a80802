/// Element by element; a size of 1 is stretched to the other's, as libtorch does.
extension Tensor {
    package static func + (left: Tensor, right: Tensor) throws(TorchError) -> Tensor {
        try left.call("add", overload: "Tensor", .tensor(right))
    }

    package static func - (left: Tensor, right: Tensor) throws(TorchError) -> Tensor {
        try left.call("sub", overload: "Tensor", .tensor(right))
    }

    package static func * (left: Tensor, right: Tensor) throws(TorchError) -> Tensor {
        try left.call("mul", overload: "Tensor", .tensor(right))
    }

    package static func / (left: Tensor, right: Tensor) throws(TorchError) -> Tensor {
        try left.call("div", overload: "Tensor", .tensor(right))
    }

    package static func + (left: Tensor, right: Double) throws(TorchError) -> Tensor {
        try left.call("add", overload: "Scalar", .number(right))
    }

    package static func - (left: Tensor, right: Double) throws(TorchError) -> Tensor {
        try left.call("sub", overload: "Scalar", .number(right))
    }

    package static func * (left: Tensor, right: Double) throws(TorchError) -> Tensor {
        try left.call("mul", overload: "Scalar", .number(right))
    }

    package static func / (left: Tensor, right: Double) throws(TorchError) -> Tensor {
        try left.call("div", overload: "Scalar", .number(right))
    }

    package static func - (left: Double, right: Tensor) throws(TorchError) -> Tensor {
        try right.call("rsub", overload: "Scalar", .number(left))
    }

    package func absolute() throws(TorchError) -> Tensor { try call("abs") }
    package func squared() throws(TorchError) -> Tensor { try call("square") }
    package func squareRoot() throws(TorchError) -> Tensor { try call("sqrt") }
    package func relu() throws(TorchError) -> Tensor { try call("relu") }
    package func sigmoid() throws(TorchError) -> Tensor { try call("sigmoid") }
    package func atLeast(_ floor: Double) throws(TorchError) -> Tensor {
        try call("clamp_min", .number(floor))
    }
}
