import Scoring

/// True acceptances against false ones, in percent, with the line of chance.
package struct ROCFigure: Figure {
    package let title: String
    package let curves: [NamedErrorCurve]

    package init(title: String, curves: [NamedErrorCurve]) { (self.title, self.curves) = (title, curves) }

    package var svg: String {
        var document = SVGDocument(width: 620, height: 660, title: title)
        let series = curves.enumerated().map { index, curve in
            LineChart.Series(
                name: curve.nameWithRate,
                points: curve.curve.points.map {
                    PlotPlace($0.falseAlarmRate * 100, 100 - $0.missRate * 100)
                },
                color: Palette.color(index), dash: Palette.dash(index))
        }
        let chance = LineChart.Series(
            name: "chance", points: [PlotPlace(0, 0), PlotPlace(100, 100)], color: Palette.gray,
            dash: [3, 4],
            width: 1.2)
        let marks = curves.enumerated().compactMap { index, curve in
            curve.equalErrorRate.map {
                LineChart.Mark(
                    name: nil, point: PlotPlace($0 * 100, 100 - $0 * 100), marker: .circle,
                    color: Palette.color(index))
            }
        }
        LineChart(
            title: title, x: .linear("false acceptances (% of different speakers)", holding: [0, 100]),
            y: .linear("true acceptances (% of same speakers)", holding: [0, 100]), series: series + [chance],
            marks: marks,
            isSquare: true
        ).draw(in: PlotRectangle(left: 24, top: 16, width: 572, height: 630), on: &document)
        return document.text
    }
}
