/// How training went: losses, accuracies and the like against epochs or batches, up to three panels side by side.
package struct LearningFigure: Figure {
    package struct Series: Sendable {
        /// `train`, `validation`.
        package let name: String
        /// Epoch or batch, and the value there.
        package let points: [(at: Double, value: Double)]

        package init(name: String, points: [(at: Double, value: Double)]) {
            (self.name, self.points) = (name, points)
        }
    }

    package struct Panel: Sendable {
        /// `loss`, `accuracy`, `1-shot 5-way accuracy`.
        package let name: String
        /// Shares are drawn in percent.
        package let isShare: Bool
        /// `epoch` or `batch`.
        package let step: String
        package let series: [Series]

        package init(name: String, isShare: Bool, step: String = "epoch", series: [Series]) {
            (self.name, self.isShare, self.step, self.series) = (name, isShare, step, series)
        }
    }

    package let title: String
    package let panels: [Panel]

    package init(title: String, panels: [Panel]) {
        (self.title, self.panels) = (title, panels)
    }

    package var svg: String {
        let (panelWidth, panelHeight) = (480.0, 340.0)
        let columns = panels.count == 4 ? 2 : min(max(panels.count, 1), 3)
        let rows = max(1, (panels.count + columns - 1) / columns)
        let width = 24 + Double(columns) * (panelWidth + 12)
        var document = SVGDocument(
            width: width, height: 48 + Double(rows) * (panelHeight + 12), title: title)
        document.text(
            TextWidth.fitting(title, size: 17, within: width - 48), at: PlotPlace(24, 32),
            .init(size: 17, isBold: true))
        for (index, panel) in panels.enumerated() {
            let frame = PlotRectangle(
                left: 24 + Double(index % columns) * (panelWidth + 12),
                top: 46 + Double(index / columns) * (panelHeight + 12), width: panelWidth - 12,
                height: panelHeight)
            chart(panel).draw(in: frame, on: &document)
        }
        return document.text
    }

    private func chart(_ panel: Panel) -> LineChart {
        let scale = panel.isShare ? 100.0 : 1
        let series = panel.series.enumerated().map { index, series in
            LineChart.Series(
                name: series.name, points: series.points.map { PlotPlace($0.at, $0.value * scale) },
                color: Palette.color(index), dash: series.points.count > 500 ? [] : Palette.dash(index),
                width: series.points.count > 500 ? 1 : 2, marker: Marker(rawValue: index % 4))
        }
        let values = series.flatMap { $0.points.map(\.y) }
        return LineChart(
            title: panel.name,
            x: .linear(
                panel.step, holding: series.flatMap { $0.points.map(\.x) }, isRounded: false, isWhole: true),
            y: .linear(
                panel.isShare ? "\(panel.name) (%)" : panel.name, holding: values + (panel.isShare ? [] : [0])
            ),
            series: series)
    }
}
