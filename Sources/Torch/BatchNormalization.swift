/// (x − mean)/√(variance + epsilon) · weight + bias for each channel (Ioffe and Szegedy 2015).
///
/// While training, mean and variance are the batch's, and the running ones move toward them by `momentum`, which is
/// PyTorch's: Keras's momentum is 1 minus it. Keys as PyTorch's BatchNorm1d and 2d.
package struct BatchNormalization {
    package struct Settings: Sendable, Hashable, Codable {
        package var epsilon: Double
        package var momentum: Double

        package init(epsilon: Double, momentum: Double) {
            self.epsilon = epsilon
            self.momentum = momentum
        }

        /// PyTorch's defaults.
        package static let pytorch = Settings(epsilon: 1e-5, momentum: 0.1)
        /// Keras's defaults: epsilon 10⁻³, and momentum 0.99 in its own counting.
        package static let keras = Settings(epsilon: 1e-3, momentum: 0.01)
    }

    private let weight: Tensor
    private let bias: Tensor
    private let runningMean: Tensor
    private let runningVariance: Tensor
    private let batchCount: Tensor
    private let settings: Settings

    package init(_ scope: ModuleScope, _ channels: Int, _ settings: Settings = .pytorch) throws(TorchError) {
        self.settings = settings
        weight = try scope.parameter("weight", [channels], .constant(1))
        bias = try scope.parameter("bias", [channels], .constant(0))
        runningMean = try scope.statistic("running_mean", count: channels, value: 0)
        runningVariance = try scope.statistic("running_var", count: channels, value: 1)
        batchCount = try scope.counter("num_batches_tracked")
    }

    package func callAsFunction(_ input: Tensor, _ mode: Mode) throws(TorchError) -> Tensor {
        if mode == .training { try batchCount.call("add_", overload: "Scalar", 1) }
        return try input.call(
            "batch_norm", .tensor(weight), .tensor(bias), .tensor(runningMean), .tensor(runningVariance),
            .flag(mode == .training), .number(settings.momentum), .number(settings.epsilon), true)
    }
}
