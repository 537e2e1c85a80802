/// Embeddings in the plane: a color for each speaker, a shape for each sex. After 20 speakers the colors return with
/// hollow shapes.
package struct EmbeddingFigure: Figure {
    package enum Shape: String, Sendable, CaseIterable {
        case female
        case male
        case unknown = "sex unknown"

        var marker: Marker {
            switch self {
            case .female: .circle
            case .male: .triangle
            case .unknown: .square
            }
        }
    }

    package struct Point: Sendable {
        package let x: Double
        package let y: Double
        package let speaker: String
        package let shape: Shape

        package init(x: Double, y: Double, speaker: String, shape: Shape) {
            (self.x, self.y, self.speaker, self.shape) = (x, y, speaker, shape)
        }
    }

    package let title: String
    /// `component 1 (37 % of the variance)`.
    package let xLabel: String
    package let yLabel: String
    package let points: [Point]

    package init(title: String, xLabel: String, yLabel: String, points: [Point]) {
        (self.title, self.xLabel, self.yLabel) = (title, xLabel, yLabel)
        self.points = points.filter { $0.x.isFinite && $0.y.isFinite }
    }

    private static let listedLimit = 25
    private static let legendWidth = 170.0

    package var svg: String {
        let (width, height) = (820.0, 620.0)
        var document = SVGDocument(width: width, height: height, title: title)
        document.text(
            TextWidth.fitting(title, size: 15, within: width - 48), at: PlotPlace(24, 32),
            .init(size: 15, isBold: true))
        let frame = PlotRectangle(
            left: 24, top: 46, width: width - 48 - EmbeddingFigure.legendWidth, height: height - 58)
        let area = PlotArea(
            in: frame, x: .linear(xLabel, holding: points.map(\.x)),
            y: .linear(yLabel, holding: points.map(\.y)))
        area.drawAxes(on: &document)
        let speakers = speakers
        for point in points {
            let index = speakers.numbers[point.speaker] ?? 0
            point.shape.marker.draw(
                at: area.place(point.x, point.y), radius: 4.4, color: Palette.color(index),
                isHollow: index >= Palette.count, opacity: 0.85, on: &document)
        }
        drawLegend(speakers.names, left: frame.right + 8, on: &document)
        return document.text
    }

    /// In order of first appearance.
    private var speakers: (names: [(name: String, shape: Shape)], numbers: [String: Int]) {
        var (names, numbers): ([(name: String, shape: Shape)], [String: Int]) = ([], [:])
        for point in points where numbers[point.speaker] == nil {
            numbers[point.speaker] = names.count
            names.append((point.speaker, point.shape))
        }
        return (names, numbers)
    }

    private func drawLegend(
        _ speakers: [(name: String, shape: Shape)], left: Double, on document: inout SVGDocument
    ) {
        var top = 62.0
        for shape in Shape.allCases where points.contains(where: { $0.shape == shape }) {
            let entry = Legend.Entry(
                name: shape.rawValue, sign: .marker(shape.marker, Palette.gray, isHollow: false))
            Legend.draw(entry, at: PlotPlace(left, top), limit: EmbeddingFigure.legendWidth, on: &document)
            top += Legend.rowHeight
        }
        top += 12
        for (index, speaker) in speakers.enumerated().prefix(EmbeddingFigure.listedLimit) {
            let sign = Legend.Sign.marker(
                speaker.shape.marker, Palette.color(index), isHollow: index >= Palette.count)
            Legend.draw(
                Legend.Entry(name: speaker.name, sign: sign), at: PlotPlace(left, top),
                limit: EmbeddingFigure.legendWidth, on: &document)
            top += Legend.rowHeight - 1
        }
        if speakers.count > EmbeddingFigure.listedLimit {
            document.text(
                "and \(speakers.count - EmbeddingFigure.listedLimit) more", at: PlotPlace(left + 34, top + 4),
                .init(size: 12, color: Palette.gray))
        }
    }
}
