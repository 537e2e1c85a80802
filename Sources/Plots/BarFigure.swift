/// Values side by side as bars that lie, so that long names are read without turning one's head.
package struct BarFigure: Figure {
    package struct Bar: Sendable {
        package let name: String
        package let value: Double
        /// What is written at the bar's end; nil writes the value.
        package let text: String?
        /// From and to, drawn as a line over the bar's end.
        package let interval: (lower: Double, upper: Double)?

        package init(
            name: String, value: Double, text: String? = nil, interval: (lower: Double, upper: Double)? = nil
        ) {
            (self.name, self.value, self.text, self.interval) = (name, value, text, interval)
        }
    }

    package let title: String
    /// The axis with its unit: `EER (%)`.
    package let valueName: String
    package let bars: [Bar]
    /// A value to compare with, as chance.
    package let reference: (name: String, value: Double)?

    package init(
        title: String, valueName: String, bars: [Bar], reference: (name: String, value: Double)? = nil
    ) {
        (self.title, self.valueName, self.bars, self.reference) = (title, valueName, bars, reference)
    }

    private static let rowHeight = 34.0
    private static let nameWidth = 300.0

    package var svg: String {
        let width = 720.0
        let height =
            100 + Double(max(bars.count, 1)) * BarFigure.rowHeight + (reference == nil ? 0 : Legend.rowHeight)
        var document = SVGDocument(width: width, height: height, title: title)
        document.text(
            TextWidth.fitting(title, size: 15, within: width - 48), at: PlotPlace(24, 32),
            .init(size: 15, isBold: true))
        var top = 44.0
        if let reference {
            let entry = Legend.Entry(
                name: "\(reference.name): \(DecimalText.short(reference.value))",
                sign: .line(BarFigure.referenceStroke, nil))
            Legend.draw(entry, at: PlotPlace(24, top + 8), limit: width - 48, on: &document)
            top += Legend.rowHeight
        }
        let names = bars.map { TextWidth.of($0.name, size: 13) }.max() ?? 0
        let left = 24 + min(names, BarFigure.nameWidth)
        // Room for the numbers beside the longest bar.
        let area = PlotArea(
            in: PlotRectangle(left: left, top: top, width: width - left - 64, height: height - top - 10),
            x: valueAxis,
            y: Axis(label: "", scale: .linear, lower: 0, upper: Double(max(bars.count, 1)), ticks: []))
        draw(area, on: &document)
        return document.text
    }

    private static let referenceStroke = SVGDocument.Stroke(color: Palette.gray, width: 1.6, dash: [5, 4])

    private var valueAxis: Axis {
        var ends = [0, reference?.value ?? 0]
        for bar in bars { ends += [bar.value, bar.interval?.upper ?? 0, bar.interval?.lower ?? 0] }
        return .linear(valueName, holding: ends)
    }

    private func draw(_ area: PlotArea, on document: inout SVGDocument) {
        area.drawAxes(on: &document)
        for (index, bar) in bars.enumerated() {
            let middle =
                area.rectangle.top + area.rectangle.height * (Double(index) + 0.5) / Double(bars.count)
            draw(bar, middle, area, on: &document)
        }
        if let reference, reference.value.isFinite {
            let at = area.place(reference.value, 0).x
            document.line(
                PlotPlace(at, area.rectangle.top), PlotPlace(at, area.rectangle.bottom),
                BarFigure.referenceStroke)
        }
    }

    private func draw(_ bar: Bar, _ middle: Double, _ area: PlotArea, on document: inout SVGDocument) {
        let name = TextWidth.fitting(bar.name, size: 13, within: BarFigure.nameWidth)
        document.text(
            name, at: PlotPlace(area.rectangle.left - 10, middle + 4.5), .init(size: 13, anchor: .end))
        guard bar.value.isFinite else {
            document.text(
                "no value", at: PlotPlace(area.rectangle.left + 8, middle + 4.5),
                .init(size: 12, color: Palette.gray))
            return
        }
        let (zero, end) = (area.place(0, 0).x, area.place(bar.value, 0).x)
        let corners = [(zero, -10.0), (end, -10), (end, 10), (zero, 10)]
        document.polygon(
            corners.map { PlotPlace($0.0, middle + $0.1) }, fill: Palette.color(0), opacity: 0.85)
        var last = (low: min(zero, end), high: max(zero, end))
        if let interval = bar.interval, interval.lower.isFinite, interval.upper.isFinite {
            let (low, high) = (area.place(interval.lower, 0).x, area.place(interval.upper, 0).x)
            document.line(PlotPlace(low, middle), PlotPlace(high, middle), .init(width: 1.4))
            for at in [low, high] {
                document.line(PlotPlace(at, middle - 4), PlotPlace(at, middle + 4), .init(width: 1.4))
            }
            last = (min(last.low, low), max(last.high, high))
        }
        let isNegative = bar.value < 0
        document.text(
            bar.text ?? DecimalText.short(bar.value),
            at: PlotPlace(isNegative ? last.low - 6 : last.high + 6, middle + 4.2),
            .init(size: 12, anchor: isNegative ? .end : .start))
    }
}
