import Scoring

/// Miss rate against false alarm rate on normal-deviate axes (A. Martin et al., "The DET curve in assessment of
/// detection task performance", 1997), where normally distributed scores give straight lines. Circles mark the EER.
package struct DETFigure: Figure {
    package let title: String
    package let curves: [NamedErrorCurve]

    package init(title: String, curves: [NamedErrorCurve]) { (self.title, self.curves) = (title, curves) }

    package var svg: String {
        var document = SVGDocument(width: 620, height: 660, title: title)
        let (lower, upper) = range
        let series = curves.enumerated().map { index, curve in
            LineChart.Series(
                name: curve.nameWithRate,
                points: curve.curve.points.map { PlotPlace($0.falseAlarmRate * 100, $0.missRate * 100) },
                color: Palette.color(index), dash: Palette.dash(index))
        }
        let diagonal = LineChart.Series(
            name: "equal rates", points: [PlotPlace(0, 0), PlotPlace(100, 100)], color: Palette.gray,
            dash: [3, 4],
            width: 1)
        let marks = curves.enumerated().compactMap { index, curve in
            curve.equalErrorRate.map {
                LineChart.Mark(
                    name: nil, point: PlotPlace($0 * 100, $0 * 100), marker: .circle,
                    color: Palette.color(index))
            }
        }
        LineChart(
            title: title, x: .normalDeviate("false alarm rate (%)", lower: lower, upper: upper),
            y: .normalDeviate("miss rate (%)", lower: lower, upper: upper), series: series + [diagonal],
            marks: marks,
            isSquare: true
        ).draw(in: PlotRectangle(left: 24, top: 16, width: 572, height: 630), on: &document)
        return document.text
    }

    /// From a fiftieth of the smallest EER, or the smallest rate there is, to 60 %, or 99 % where a curve is near chance.
    private var range: (Double, Double) {
        let rates = curves.compactMap(\.equalErrorRate).map { $0 * 100 }
        let smallest = curves.flatMap { $0.curve.points.flatMap { [$0.falseAlarmRate, $0.missRate] } }
            .filter { $0 > 0 }.min().map { $0 * 100 }
        let lower = max(smallest ?? 0.1, (rates.min() ?? 5) / 50, 0.001)
        return (min(lower, 20), (rates.max() ?? 0) > 40 ? 99 : 60)
    }
}
