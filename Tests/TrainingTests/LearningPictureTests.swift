import Foundation
import TestSupport
import Testing

@testable import Training

@Suite struct LearningPictureTests {
    private func line(_ phase: Int, _ task: String, _ epoch: Int, accuracy: String, rate: String) -> String {
        """
        {"phase":\(phase),"task":"\(task)","rate":0.001,"report":{"epoch":\(epoch),"stepCount":3,"exampleCount":9,\
        "meanLoss":\(2.5 / Double(epoch + 1)),\(accuracy)"elapsedSeconds":1.5,"loaderSeconds":0.1}\(rate)}
        """
    }

    @Test("two phases have a panel of losses and one of accuracies each, and share that of validation")
    func phases() throws {
        let folder = TemporaryFolder()
        let (metrics, picture) = (folder.path + "/metrics.jsonl", folder.path + "/learning.svg")
        let lines = (0..<2).flatMap { phase in
            (0..<3).map {
                line(
                    phase, phase == 0 ? "classes" : "triplets", $0,
                    accuracy: phase == 0 ? "\"accuracy\":0.5," : "",
                    rate: ",\"isBest\":true,\"validation\":{\"equalErrorRate\":0.25},"
                        + "\"heldOut\":{\"side\":\"test\",\"exampleCount\":4,\"meanLoss\":1.5,\"accuracy\":0.75}"
                )
            }
        }
        try lines.joined(separator: "\n").write(toFile: metrics, atomically: true, encoding: .utf8)
        try LearningPicture.write(metricsPath: metrics, to: picture, title: "demo")
        let text = try String(contentsOfFile: picture, encoding: .utf8)
        for words in [
            "demo", "loss of phase 1", "loss of phase 2", "accuracy of phase 1 (%)",
            "accuracy of phase 2 (%)",
            "validation EER (%)", "train",
            "test (chooses nothing)",
            "phase 1: classes", "phase 2: triplets",
        ] { #expect(text.contains(words), "\(words)") }
        try LearningPicture.write(metricsPath: metrics, to: picture, title: "demo")
        #expect(try String(contentsOfFile: picture, encoding: .utf8) == text)
    }

    @Test("what no epoch has said has no panel")
    func panels() throws {
        let report = EpochReport(
            epoch: 0, stepCount: 1, exampleCount: 2, meanLoss: 0.7, accuracy: nil, elapsedSeconds: 1,
            loaderSeconds: 0)
        let figure = LearningPicture.figure(
            [
                EpochMetrics(
                    phase: 0, task: "triplets", report: report, rate: 1, validation: nil, isBest: false)
            ],
            title: "one")
        #expect(figure.panels.map(\.name) == ["loss"])
        let epoch = EpochMetrics(
            phase: 0, task: "pairs", report: report, rate: 1, validation: nil, isBest: false)
        let within = LearningPicture.figure(
            [epoch], [TaskMetrics(phase: 0, step: 25, oneShotAccuracy: 0.5)], title: "two")
        #expect(within.panels.map(\.name) == ["loss", "1-shot accuracy within epochs"])
        #expect(
            within.panels[1].step == "batch" && within.panels[1].series[0].points[0] == (at: 25, value: 0.5))
        #expect(figure.panels[0].series[0].points[0] == (at: 1, value: 0.7))
    }

    @Test("metrics that are not there yet give no picture, and damaged ones are refused by name")
    func refusals() throws {
        let folder = TemporaryFolder()
        let (metrics, picture) = (folder.path + "/metrics.jsonl", folder.path + "/learning.svg")
        try LearningPicture.write(metricsPath: metrics, to: picture)
        #expect(!FileManager.default.fileExists(atPath: picture))
        try "{\"phase\":0".write(toFile: metrics, atomically: true, encoding: .utf8)
        let error = #expect(throws: TrainingError.self) {
            try LearningPicture.write(metricsPath: metrics, to: picture)
        }
        #expect(error?.message.contains("metrics.jsonl is damaged") == true)
    }
}
