/// How a run stands after a step.
package struct RunProgress: Sendable {
    /// Counted from 0.
    package let phase: Int
    /// How many epochs the phase has, unless patience ends it.
    package let epochCount: Int
    package let step: StepProgress
    /// Seconds a step takes with all that happens between steps.
    package let pace: Double
    /// Seconds that judging an epoch takes; 0 until one was judged.
    package let judgeSeconds: Double

    /// Until the last epoch of the phase is judged.
    package var secondsLeft: Double {
        let epochsLeft = Double(epochCount - step.report.epoch)
        let stepsLeft = epochsLeft * Double(step.batchCount) - Double(step.report.stepCount)
        return pace * stepsLeft + judgeSeconds * epochsLeft
    }
}
