import Scoring
import Testing

@testable import Plots

struct FigureTests {
    private func scores() throws -> TrialScores {
        try TrialScores(
            targets: (0..<40).map { 0.2 + Double(($0 * 17) % 40) / 100 },
            nontargets: (0..<90).map { 0.4 + Double(($0 * 31) % 90) / 120 }, sense: .distance)
    }

    private func curve(_ name: String) throws -> NamedErrorCurve {
        NamedErrorCurve(
            name: name, curve: try scores().errorCurve(), equalErrorRate: try scores().equalErrorRate().rate)
    }

    private func episodes(_ ways: Int) throws -> EpisodeAccuracy {
        let set = try EpisodeSet(
            wayCount: ways, shotCount: 1, query: [0, 0], support: [UInt32](repeating: 0, count: 2 * ways),
            answer: [0, 0])
        return try EpisodeAccuracy(
            set, pairScores: (0..<2 * ways).map { $0 == 0 ? 1 : Double($0 % 2) }, sense: .similarity)
    }

    @Test("texts of all kinds are escaped")
    func escaping() {
        #expect(SVGDocument.escaped("<a href=\"x\">&'") == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;")
        #expect(SVGDocument.escaped("a\u{1}b\nc\u{FFFF}") == "a\u{FFFD}b c\u{FFFD}")
        let nasty = "</text><script>alert(1)</script> & ü 話\u{7}"
        let figure = BarFigure(
            title: nasty, valueName: nasty, bars: [.init(name: nasty, value: 1)], reference: (nasty, 2))
        let found = SVGCheck(figure.svg)
        #expect(found.count("script") == 0)
        #expect(found.texts.contains { $0.hasPrefix("</text><script>") })
    }

    @Test("coordinates have at most two decimals, whatever the value")
    func coordinates() {
        #expect(
            [0, -0.001, 1.005, 2.5, -3.14159, 1e300, -.infinity, .nan].map(SVGDocument.number)
                == ["0", "0", "1", "2.5", "-3.14", "1000000", "-1000000", "0"])
        #expect(SVGDocument.number(7.04) == "7.04")
    }

    @Test("DET and ROC show a line for each system and its EER, and the line of equal rates or of chance")
    func errorCurves() throws {
        let curves = [try curve("one & only"), try curve("other")]
        for figure in [
            DETFigure(title: "DET", curves: curves) as any Figure, ROCFigure(title: "ROC", curves: curves),
        ] {
            let found = SVGCheck(figure.svg)
            // A curve and its legend's sign each.
            for color in [Palette.color(0), Palette.color(1)] {
                #expect(found.count("polyline", "stroke", color) == 2)
            }
            #expect(found.count("circle", "stroke", Palette.color(0)) == 1)
            let rate = DecimalText.short(try #require(curves[0].equalErrorRate) * 100)
            #expect(found.texts.contains("one & only (EER \(rate) %)"))
            #expect(figure.svg == figure.svg)
        }
        #expect(SVGCheck(DETFigure(title: "", curves: curves).svg).texts.contains("miss rate (%)"))
    }

    @Test("a value that is no number breaks a learning curve in two")
    func brokenCurves() {
        let values: [Double] = [1, 0.8, .nan, 0.5, 0.4, .infinity, 0.3]
        let points = values.enumerated().map { (at: Double($0 + 1), value: $1) }
        let figure = LearningFigure(
            title: "training",
            panels: [
                .init(name: "loss", isShare: false, series: [.init(name: "train", points: points)]),
                .init(name: "accuracy", isShare: true, series: [.init(name: "validation", points: points)]),
            ])
        let found = SVGCheck(figure.svg)
        // Two pieces in each panel and a sign in each legend; the last point stands alone.
        #expect(found.count("polyline", "stroke", Palette.color(0)) == 6)
        #expect(found.count("circle", "r", "2.5") == 2)
        // Markers of five numbers in two panels and two signs.
        #expect(found.count("circle", "r", "3.6") == 12)
        #expect(found.texts.contains("accuracy (%)"))
    }

    @Test("distributions show both classes with mean and deviation, and thresholds that are numbers")
    func distributions() throws {
        let figure = DistributionFigure(
            title: "distances", scoreName: "cosine distance",
            distributions: try scores().distributions(binCount: 20),
            thresholds: [.init(name: "EER", value: 0.47), .init(name: "none", value: .nan)])
        let found = SVGCheck(figure.svg)
        #expect(found.count("polygon", "fill", Palette.color(0)) == 2)
        #expect(found.count("polygon", "fill", Palette.color(1)) == 2)
        #expect(found.count("polyline", "stroke-dasharray", "7 4") == 2)
        #expect(found.texts.contains("EER: 0.47"))
        #expect(found.texts.contains { $0.hasPrefix("same speaker (μ 0.395, σ 0.115") })
        let one = try TrialScores(targets: [1, 1], nontargets: [], sense: .similarity).distributions()
        let alone = SVGCheck(
            DistributionFigure(title: "", scoreName: "", distributions: one, thresholds: []).svg)
        #expect(alone.texts.contains("same speaker (μ 1, σ 0)"))
        #expect(!alone.texts.contains { $0.hasPrefix("different") })
    }

    @Test("accuracy against k shows intervals and chance")
    func accuracies() throws {
        let figure = EpisodeFigure(
            title: "k-way", series: [.init(name: "1-shot", accuracies: try (2...5).map(episodes))])
        let found = SVGCheck(figure.svg)
        #expect(found.texts.contains("chance") && found.texts.contains("1-shot"))
        // The curve, its sign, and three strokes for each interval.
        #expect(found.count("polyline", "stroke", Palette.color(0)) == 2 + 3 * 4)
        let bare = EpisodeFigure(title: "", series: figure.series, confidence: nil)
        #expect(SVGCheck(bare.svg).count("polyline", "stroke", Palette.color(0)) == 2)
    }

    @Test("embeddings have a color for each speaker and a shape for each sex; later speakers are hollow")
    func embeddings() {
        let points = (0..<48).map { (index: Int) -> EmbeddingFigure.Point in
            let speaker = index / 2
            return EmbeddingFigure.Point(
                x: Double(index % 7), y: Double(index % 5), speaker: "s\(speaker)",
                shape: speaker.isMultiple(of: 2) ? .female : .male)
        }
        let broken = EmbeddingFigure.Point(x: .nan, y: 0, speaker: "gone", shape: .unknown)
        let figure = EmbeddingFigure(title: "PCA", xLabel: "1", yLabel: "2", points: points + [broken])
        let found = SVGCheck(figure.svg)
        #expect(found.count("circle") == 24 + 12 + 1)
        #expect(found.count("polygon") == 24 + 12 + 1)
        #expect(found.count("circle", "fill", "#ffffff") == 4 + 2)
        #expect(
            found.texts.contains("s23") && !found.texts.contains("gone")
                && !found.texts.contains("sex unknown"))
        let many = (0..<30).map { EmbeddingFigure.Point(x: 0, y: 0, speaker: "\($0)", shape: .unknown) }
        let crowd = SVGCheck(EmbeddingFigure(title: "", xLabel: "", yLabel: "", points: many).svg)
        #expect(crowd.texts.contains("and 5 more"))
    }

    @Test("bars show their values, also negative ones and none")
    func bars() {
        let figure = BarFigure(
            title: "EER", valueName: "EER (%)",
            bars: [
                .init(name: "a", value: 4.31, interval: (3, 6)), .init(name: "b", value: -2),
                .init(name: "c", value: .nan),
                .init(name: "d", value: 1, text: "one"),
            ], reference: ("chance", 50))
        let found = SVGCheck(figure.svg)
        for text in ["4.31", "\u{2212}2", "no value", "one", "chance: 50", "EER (%)"] {
            #expect(found.texts.contains(text), "\(text)")
        }
        #expect(found.count("polygon", "fill", Palette.color(0)) == 3)
    }

    @Test("figures without data are pictures all the same")
    func empty() {
        let figures: [any Figure] = [
            DETFigure(title: "", curves: []), ROCFigure(title: "", curves: []),
            LearningFigure(title: "", panels: []),
            LearningFigure(
                title: "",
                panels: [.init(name: "loss", isShare: false, series: [.init(name: "a", points: [])])]),
            EpisodeFigure(title: "", series: []), BarFigure(title: "", valueName: "", bars: []),
            EmbeddingFigure(title: "", xLabel: "", yLabel: "", points: []),
        ]
        for figure in figures { #expect(SVGCheck(figure.svg).elements.count >= 3) }
    }

    @Test("a picture's bytes are pinned")
    func pinned() {
        let figure = BarFigure(title: "A & B", valueName: "EER (%)", bars: [.init(name: "one", value: 12.5)])
        #expect(figure.svg == FigureTests.pinnedBar)
    }
}
