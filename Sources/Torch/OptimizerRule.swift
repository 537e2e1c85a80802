internal import Foundation

/// How parameters move along their gradients. The formulas are those of PyTorch's optimizers of the same names.
package enum OptimizerRule: Sendable, Hashable, Codable {
    /// Kingma and Ba 2015.
    case adam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8)
    /// Liu et al. 2020: Adam whose first steps, while the variance is hardly known, are plain momentum.
    case radam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8)
    /// Duchi et al. 2011.
    case adagrad(epsilon: Double = 1e-10)
    /// Gradient descent with momentum, which may be 0.
    case sgd(momentum: Double = 0)

    /// The running tensors kept for each parameter, by the names PyTorch has for them.
    var slotNames: [String] {
        switch self {
        case .adam, .radam: ["exp_avg", "exp_avg_sq"]
        case .adagrad: ["sum"]
        case .sgd(let momentum): momentum == 0 ? [] : ["momentum_buffer"]
        }
    }

    /// Moves `parameter` in step `step`, counted from 1.
    func move(
        _ parameter: Tensor, _ gradient: Tensor, _ slots: [Tensor], step: Int, rate: Double
    ) throws(TorchError) {
        switch self {
        case .adam(let beta1, let beta2, let epsilon):
            try OptimizerRule.average(gradient, slots, beta1, beta2)
            let correction = (1 - pow(beta2, Double(step))).squareRoot()
            let denominator = try slots[1].squareRoot() / correction + epsilon
            try parameter.addQuotient(slots[0], denominator, times: -rate / (1 - pow(beta1, Double(step))))
        case .radam(let beta1, let beta2, let epsilon):
            try OptimizerRule.average(gradient, slots, beta1, beta2)
            let mean = rate / (1 - pow(beta1, Double(step)))
            guard let rectified = OptimizerRule.rectification(beta2, step) else {
                return try parameter.add(slots[0], times: -mean)
            }
            let denominator = try slots[1].squareRoot() + epsilon
            try parameter.addQuotient(slots[0], denominator, times: -mean * rectified)
        case .adagrad(let epsilon):
            try slots[0].addProduct(gradient, gradient, times: 1)
            try parameter.addQuotient(gradient, try slots[0].squareRoot() + epsilon, times: -rate)
        case .sgd(let momentum):
            guard let buffer = slots.first else { return try parameter.add(gradient, times: -rate) }
            try buffer.scale(by: momentum)
            try buffer.add(gradient)
            try parameter.add(buffer, times: -rate)
        }
    }

    /// Moves the running means of the gradient and of its square.
    private static func average(
        _ gradient: Tensor, _ slots: [Tensor], _ beta1: Double, _ beta2: Double
    ) throws(TorchError) {
        try slots[0].call("lerp_", overload: "Scalar", .tensor(gradient), .number(1 - beta1))
        try slots[1].scale(by: beta2)
        try slots[1].addProduct(gradient, gradient, times: 1 - beta2)
    }

    /// The factor by which the adaptive step of RAdam is taken, its bias correction included; nil while the variance
    /// is too little known to adapt.
    private static func rectification(_ beta2: Double, _ step: Int) -> Double? {
        let (power, limit) = (pow(beta2, Double(step)), 2 / (1 - beta2) - 1)
        let length = limit - 2 * Double(step) * power / (1 - power)
        guard length > 5 else { return nil }
        let above = (length - 4) * (length - 2) * limit
        let below = (limit - 4) * (limit - 2) * length
        return (above / below).squareRoot() * (1 - power).squareRoot()
    }
}
