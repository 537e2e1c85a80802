/// Moves parameters by one rule, and keeps what the rule must remember.
///
/// A parameter that a step's loss does not reach has no gradient and stays where it is.
package final class Optimizer {
    package let rule: OptimizerRule
    /// What a schedule changes.
    package var learningRate: Double
    /// How many steps were taken.
    package private(set) var stepCount = 0
    private let parameters: [NamedTensor]
    private let slots: [[Tensor]]

    /// - Parameter parameters: what it moves; of a store, `store.parameters`.
    package init(
        _ rule: OptimizerRule, learningRate: Double, _ parameters: [NamedTensor]
    ) throws(TorchError) {
        self.rule = rule
        self.learningRate = learningRate
        self.parameters = parameters
        var slots: [[Tensor]] = []
        for parameter in parameters {
            var own: [Tensor] = []
            for _ in rule.slotNames { own.append(try parameter.tensor.detached().zeros()) }
            slots.append(own)
        }
        self.slots = slots
    }

    /// Forgets the gradients of the last step.
    package func clearGradients() throws(TorchError) {
        for parameter in parameters { try parameter.tensor.clearGradient() }
    }

    /// One step along the gradients.
    package func step() throws(TorchError) {
        stepCount += 1
        try LibTorch.withoutGradients { () throws(TorchError) in
            for (parameter, own) in zip(parameters, slots) {
                guard let gradient = try parameter.tensor.gradient() else { continue }
                try rule.move(parameter.tensor, gradient, own, step: stepCount, rate: learningRate)
            }
        }
    }

    /// Scales all gradients so that their common length is at most `limit`, as PyTorch's `clip_grad_norm_`; returns
    /// the length before.
    @discardableResult
    package func clipGradients(to limit: Double) throws(TorchError) -> Double {
        try LibTorch.withoutGradients { () throws(TorchError) in
            var (gradients, squares): ([Tensor], [Tensor]) = ([], [])
            for parameter in parameters {
                guard let gradient = try parameter.tensor.gradient() else { continue }
                gradients.append(gradient)
                squares.append(try gradient.length().reshaped([1]))
            }
            guard !squares.isEmpty else { return 0 }
            let length = Double(try Tensor.stacked(squares).length().number())
            let factor = limit / (length + 1e-6)
            if factor < 1 { for gradient in gradients { try gradient.scale(by: factor) } }
            return length
        }
    }

    /// What it remembers, under names like `exp_avg.layer1.0.conv1.weight`.
    package var state: [NamedTensor] {
        zip(parameters, slots).flatMap { parameter, own in
            zip(rule.slotNames, own).map { name, tensor in
                NamedTensor(name: "\(name).\(parameter.name)", tensor: tensor, isParameter: false)
            }
        }
    }

    /// Goes on from a state that was written to `state`'s tensors, after `stepCount` steps.
    package func resume(stepCount: Int, learningRate: Double) {
        self.stepCount = stepCount
        self.learningRate = learningRate
    }
}
