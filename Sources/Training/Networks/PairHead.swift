internal import Torch

/// One score of how much two embeddings differ: w·‖a − b‖ + b, or a dense layer over |a − b|.
///
/// Over the distance w begins at 1: a random one is negative half of the time, and would first have to unlearn that
/// far means same.
struct PairHead {
    enum Form { case euclidean, absoluteDifference }

    private let form: Form
    private let dense: Linear

    init(
        _ scope: ModuleScope, _ form: Form, _ embeddingSize: Int, _ initialization: Initialization
    ) throws(TorchError) {
        self.form = form
        dense =
            switch form {
            case .euclidean: try Linear(scope, 1, 1, weight: .constant(1), bias: .constant(0))
            case .absoluteDifference: try Linear(scope, embeddingSize, 1, initialization)
            }
    }

    /// [pairs].
    func callAsFunction(_ first: Tensor, _ second: Tensor) throws(TorchError) -> Tensor {
        let difference: Tensor =
            switch form {
            case .euclidean: try first.euclideanDistance(to: second).reshaped([-1, 1])
            case .absoluteDifference: try (first - second).absolute()
            }
        return try dense(difference).reshaped([-1])
    }
}
