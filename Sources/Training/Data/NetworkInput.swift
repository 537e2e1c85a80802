package import Torch

/// How a network takes its examples: their shape, how often each channel repeats what is stored, and the device.
package struct NetworkInput: Sendable {
    private let exampleShape: [Int]
    private let repetitions: Int
    private let device: Device

    /// Throws when the dataset's examples do not fit the network.
    package init(_ network: any Network, _ examples: MappedExamples) throws(TrainingError) {
        exampleShape = network.exampleShape
        device = network.store.device
        repetitions = try examples.repetitions(for: exampleShape, of: "\(type(of: network))")
    }

    /// The examples of these rows, on the device.
    package func batch(_ rows: [UInt32], of examples: MappedExamples) throws(TrainingError) -> Tensor {
        let tensor = try examples.batch(rows, exampleShape, repetitions: repetitions)
        return try TrainingError.wrapping { () throws(TorchError) in try tensor.on(device) }
    }
}
