import Scoring

/// Accuracy of n-shot k-way questions against k, with intervals of confidence and the line of chance, 1/k.
package struct EpisodeFigure: Figure {
    package struct Series: Sendable {
        /// `1-shot`, `5-shot, classifier`.
        package let name: String
        /// In ascending order of their ways.
        package let accuracies: [EpisodeAccuracy]

        package init(name: String, accuracies: [EpisodeAccuracy]) {
            (self.name, self.accuracies) = (name, accuracies)
        }
    }

    package let title: String
    package let series: [Series]
    /// The intervals' confidence; nil for none.
    package let confidence: Double?

    package init(title: String, series: [Series], confidence: Double? = 0.95) {
        (self.title, self.series, self.confidence) = (title, series, confidence)
    }

    package var svg: String {
        var document = SVGDocument(width: 720, height: 480, title: title)
        let ways = series.flatMap { $0.accuracies.map(\.wayCount) }
        let (fewest, most) = (ways.min() ?? 2, ways.max() ?? 20)
        let chance = LineChart.Series(
            name: "chance", points: (fewest...most).map { PlotPlace(Double($0), 100 / Double($0)) },
            color: Palette.gray, dash: [3, 4], width: 1.4)
        let lines = series.enumerated().map { index, series in
            LineChart.Series(
                name: series.name,
                points: series.accuracies.map { PlotPlace(Double($0.wayCount), $0.accuracy * 100) },
                color: Palette.color(index), dash: Palette.dash(index), marker: Marker(rawValue: index % 4),
                intervals: series.accuracies.map(interval))
        }
        LineChart(
            title: title,
            x: .linear(
                "k (speakers to choose from)", holding: ways.map(Double.init), isRounded: false,
                isWhole: true, tickCount: 10),
            y: .linear("accuracy (%)", holding: [0, 100]), series: lines + [chance]
        ).draw(in: PlotRectangle(left: 24, top: 16, width: 680, height: 456), on: &document)
        return document.text
    }

    private func interval(_ accuracy: EpisodeAccuracy) -> (lower: Double, upper: Double)? {
        guard let confidence, accuracy.episodeCount > 0 else { return nil }
        let interval = accuracy.interval(confidence: confidence)
        return (interval.lower * 100, interval.upper * 100)
    }
}
