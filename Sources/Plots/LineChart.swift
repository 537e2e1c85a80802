/// Curves between two axes, under a title and a legend.
struct LineChart {
    struct Series {
        let name: String
        let points: [PlotPlace]
        var color: String
        var dash: [Double] = []
        var width = 2.0
        /// Drawn at the points while there are few enough to be told apart.
        var marker: Marker?
        /// From and to, for each point; empty for none.
        var intervals: [(lower: Double, upper: Double)?] = []
        var isInLegend = true
    }

    /// A single point that is shown by itself.
    struct Mark {
        let name: String?
        let point: PlotPlace
        let marker: Marker
        let color: String
    }

    let title: String
    let x: Axis
    let y: Axis
    var series: [Series]
    var marks: [Mark] = []
    /// Whether the area between the axes is a square, as for DET and ROC.
    var isSquare = false

    private static let markerLimit = 45

    func draw(in frame: PlotRectangle, on document: inout SVGDocument) {
        document.text(
            TextWidth.fitting(title, size: 15, within: frame.width),
            at: PlotPlace(frame.left, frame.top + 16),
            .init(size: 15, isBold: true))
        let legend = Legend(entries: entries)
        var rest = frame
        rest.top += 28
        rest.height -= 28
        legend.draw(in: rest, on: &document)
        let height = legend.height(width: rest.width) + 4
        rest.top += height
        rest.height -= height
        var area = PlotArea(in: rest, x: x, y: y)
        if isSquare, area.rectangle.width > area.rectangle.height {
            rest.width -= area.rectangle.width - area.rectangle.height
            area = PlotArea(in: rest, x: x, y: y)
        }
        area.drawAxes(on: &document)
        // A curve along an axis keeps its whole width.
        let edges = area.rectangle
        let window = PlotRectangle(
            left: edges.left - 1, top: edges.top - 1, width: edges.width + 2, height: edges.height + 2)
        document.clipped(to: window) { document in
            for series in series { draw(series, area, on: &document) }
        }
        for series in series {
            drawIntervals(series, area, on: &document)
            drawMarkers(series, area, on: &document)
        }
        for mark in marks where mark.point.x.isFinite && mark.point.y.isFinite {
            let place = area.place(mark.point.x, mark.point.y)
            guard isInside(place, area) else { continue }
            mark.marker.draw(at: place, radius: 5, color: mark.color, isHollow: true, on: &document)
        }
    }

    private var entries: [Legend.Entry] {
        series.filter(\.isInLegend).map { series in
            Legend.Entry(
                name: series.name,
                sign: .line(
                    .init(color: series.color, width: series.width, dash: series.dash),
                    showsMarkers(series) ? series.marker : nil))
        }
            + marks.compactMap { mark in
                mark.name.map { .init(name: $0, sign: .marker(mark.marker, mark.color, isHollow: true)) }
            }
    }

    private func showsMarkers(_ series: Series) -> Bool { series.points.count <= LineChart.markerLimit }

    private func draw(_ series: Series, _ area: PlotArea, on document: inout SVGDocument) {
        // A value that is no number breaks the curve.
        let runs = series.points.split { !($0.x.isFinite && $0.y.isFinite) }
        for run in runs {
            let places = CurveReduction.reduce(run.map { area.place($0.x, $0.y) })
            document.polyline(places, .init(color: series.color, width: series.width, dash: series.dash))
            if places.count == 1 {
                document.circle(places[0], radius: 2.5, fill: series.color)
            }
        }
    }

    private func drawIntervals(_ series: Series, _ area: PlotArea, on document: inout SVGDocument) {
        let stroke = SVGDocument.Stroke(color: series.color, width: 1.2)
        for (point, interval) in zip(series.points, series.intervals) {
            guard let interval, point.x.isFinite, interval.lower.isFinite, interval.upper.isFinite else {
                continue
            }
            let (low, high) = (
                area.place(point.x, max(interval.lower, y.lower)),
                area.place(point.x, min(interval.upper, y.upper))
            )
            document.line(low, high, stroke)
            for end in [low, high] {
                document.line(PlotPlace(end.x - 3, end.y), PlotPlace(end.x + 3, end.y), stroke)
            }
        }
    }

    private func drawMarkers(_ series: Series, _ area: PlotArea, on document: inout SVGDocument) {
        guard let marker = series.marker, showsMarkers(series) else { return }
        for point in series.points where point.x.isFinite && point.y.isFinite {
            let place = area.place(point.x, point.y)
            if isInside(place, area) {
                marker.draw(at: place, radius: 3.6, color: series.color, on: &document)
            }
        }
    }

    private func isInside(_ place: PlotPlace, _ area: PlotArea) -> Bool {
        let edges = area.rectangle
        return place.x >= edges.left - 1 && place.x <= edges.right + 1 && place.y >= edges.top - 1
            && place.y <= edges.bottom + 1
    }
}

/// Fewer points for the same picture: of the points within one pixel's column the first, the lowest, the highest and
/// the last. A curve of a hundred thousand batches is then as small as one of a few hundred.
enum CurveReduction {
    static func reduce(_ places: [PlotPlace]) -> [PlotPlace] {
        guard places.count > 2000 else { return places }
        var kept: [PlotPlace] = []
        var start = 0
        while start < places.count {
            var end = start
            let column = places[start].x.rounded(.down)
            while end < places.count, places[end].x.rounded(.down) == column { end += 1 }
            let range = start..<end
            let low = range.min { places[$0].y < places[$1].y } ?? start
            let high = range.max { places[$0].y < places[$1].y } ?? start
            var last = -1
            for index in [start, min(low, high), max(low, high), end - 1] where index > last {
                kept.append(places[index])
                last = index
            }
            start = end
        }
        return kept
    }
}
