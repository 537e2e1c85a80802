import Scoring

/// How the scores of same and of different speakers are distributed, and where thresholds lie between them.
package struct DistributionFigure: Figure {
    package struct Threshold: Sendable {
        /// `EER`, `μ + 3σ`.
        package let name: String
        /// In the sense of the scores.
        package let value: Double

        package init(name: String, value: Double) { (self.name, self.value) = (name, value) }
    }

    package let title: String
    /// `cosine distance`.
    package let scoreName: String
    package let distributions: ScoreDistributions
    package let thresholds: [Threshold]

    package init(title: String, scoreName: String, distributions: ScoreDistributions, thresholds: [Threshold])
    {
        (self.title, self.scoreName) = (title, scoreName)
        (self.distributions, self.thresholds) = (distributions, thresholds)
    }

    package var svg: String {
        var document = SVGDocument(width: 720, height: 480, title: title)
        let frame = PlotRectangle(left: 24, top: 16, width: 680, height: 456)
        document.text(
            TextWidth.fitting(title, size: 15, within: frame.width),
            at: PlotPlace(frame.left, frame.top + 16),
            .init(size: 15, isBold: true))
        var rest = frame
        rest.top += 28
        rest.height -= 28
        let legend = Legend(entries: entries)
        legend.draw(in: rest, on: &document)
        let height = legend.height(width: rest.width) + 4
        rest.top += height
        rest.height -= height
        draw(in: rest, on: &document)
        return document.text
    }

    private var classes: [(name: String, moments: ScoreMoments, histogram: Histogram, color: String)] {
        let all = [
            ("same speaker", distributions.target, distributions.targetHistogram, Palette.color(0)),
            (
                "different speakers", distributions.nontarget, distributions.nontargetHistogram,
                Palette.color(1)
            ),
        ]
        return all.compactMap { name, moments, histogram, color in
            moments.map { (name, $0, histogram, color) }
        }
    }

    private var entries: [Legend.Entry] {
        classes.map {
            let (mean, deviation) = (
                DecimalText.short($0.moments.mean), DecimalText.short($0.moments.deviation)
            )
            return Legend.Entry(name: "\($0.name) (μ \(mean), σ \(deviation))", sign: .area($0.color))
        }
            + thresholds.enumerated().map { index, threshold in
                Legend.Entry(
                    name: "\(threshold.name): \(DecimalText.short(threshold.value))",
                    sign: .line(stroke(index), nil))
            }
    }

    private func stroke(_ index: Int) -> SVGDocument.Stroke {
        .init(
            color: index == 0 ? Palette.ink : Palette.color(index + 1), width: 1.8,
            dash: Palette.dash(index + 1))
    }

    private func draw(in frame: PlotRectangle, on document: inout SVGDocument) {
        let histogram = distributions.targetHistogram
        let values = [histogram.lower, histogram.upper] + thresholds.map(\.value)
        let highest = classes.flatMap { item in
            item.histogram.counts.indices.map { item.histogram.density($0) }
        }
        let area = PlotArea(
            in: frame, x: .linear(scoreName, holding: values, isRounded: false, tickCount: 8),
            y: .linear("density", holding: highest + [0]))
        area.drawAxes(on: &document)
        document.clipped(to: area.rectangle) { document in
            for item in classes {
                document.polygon(
                    outline(item.histogram, area), fill: item.color, opacity: 0.35,
                    stroke: .init(color: item.color, width: 1.4))
            }
            for (index, threshold) in thresholds.enumerated() where threshold.value.isFinite {
                let at = area.place(threshold.value, area.y.lower).x
                document.line(
                    PlotPlace(at, area.rectangle.top), PlotPlace(at, area.rectangle.bottom), stroke(index))
            }
        }
    }

    /// The steps of a histogram, down to the axis at both ends.
    private func outline(_ histogram: Histogram, _ area: PlotArea) -> [PlotPlace] {
        var places = [area.place(histogram.lower, 0)]
        for bin in histogram.counts.indices {
            let density = histogram.density(bin)
            places.append(area.place(histogram.edge(bin), density))
            places.append(area.place(histogram.edge(bin + 1), density))
        }
        places.append(area.place(histogram.upper, 0))
        return places
    }
}
