/// An array of weights as a file holds it, row by row.
package struct VGGishTensor: Sendable {
    package let shape: [Int]
    package let values: [Float]

    package init(shape: [Int], values: [Float]) {
        precondition(
            shape.reduce(1, *) == values.count, "a tensor of shape \(shape) with \(values.count) values")
        self.shape = shape
        self.values = values
    }
}
