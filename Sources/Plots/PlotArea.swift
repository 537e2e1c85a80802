/// The part of a picture between two axes.
struct PlotArea {
    let rectangle: PlotRectangle
    let x: Axis
    let y: Axis

    private static let tickSize = 12.0
    private static let labelSize = 13.0

    /// The area that remains of `frame` beside the axes' texts.
    init(in frame: PlotRectangle, x: Axis, y: Axis) {
        let widest = y.ticks.map { TextWidth.of($0.text, size: PlotArea.tickSize) }.max() ?? 0
        let left = frame.left + widest + 16 + (y.label.isEmpty ? 0 : 22)
        // Half of the last tick's text stands to the right of it.
        let right = frame.right - 18
        rectangle = PlotRectangle(
            left: left, top: frame.top + 6, width: right - left,
            height: frame.height - 6 - 24 - (x.label.isEmpty ? 0 : 24))
        (self.x, self.y) = (x, y)
    }

    func place(_ xValue: Double, _ yValue: Double) -> PlotPlace {
        PlotPlace(
            rectangle.left + x.share(xValue) * rectangle.width,
            rectangle.bottom - y.share(yValue) * rectangle.height)
    }

    /// Grid, ticks, numbers and labels; what is drawn later lies above them.
    func drawAxes(on document: inout SVGDocument) {
        drawColumns(on: &document)
        drawRows(on: &document)
        let corner = PlotPlace(rectangle.left, rectangle.bottom)
        document.polyline(
            [PlotPlace(rectangle.left, rectangle.top), corner, PlotPlace(rectangle.right, rectangle.bottom)],
            .init(color: Palette.gray, width: 1.2))
        drawLabels(on: &document)
    }

    private func drawColumns(on document: inout SVGDocument) {
        let style = SVGDocument.TextStyle(size: PlotArea.tickSize, color: Palette.gray, anchor: .middle)
        var used = -Double.infinity
        for tick in x.ticks {
            let at = place(tick.value, y.lower).x
            document.line(
                PlotPlace(at, rectangle.top), PlotPlace(at, rectangle.bottom), .init(color: Palette.grid))
            // A number that would touch the one before is left out.
            let half = TextWidth.of(tick.text, size: PlotArea.tickSize) / 2
            guard at - half > used + 4 else { continue }
            used = at + half
            document.text(tick.text, at: PlotPlace(at, rectangle.bottom + 18), style)
        }
    }

    private func drawRows(on document: inout SVGDocument) {
        let style = SVGDocument.TextStyle(size: PlotArea.tickSize, color: Palette.gray, anchor: .end)
        var used = Double.infinity
        for tick in y.ticks {
            let at = place(x.lower, tick.value).y
            document.line(
                PlotPlace(rectangle.left, at), PlotPlace(rectangle.right, at), .init(color: Palette.grid))
            guard at + PlotArea.tickSize < used else { continue }
            used = at
            document.text(tick.text, at: PlotPlace(rectangle.left - 8, at + 4.2), style)
        }
    }

    private func drawLabels(on document: inout SVGDocument) {
        var style = SVGDocument.TextStyle(size: PlotArea.labelSize, anchor: .middle)
        let middle = PlotPlace(rectangle.left + rectangle.width / 2, rectangle.bottom + 42)
        if !x.label.isEmpty { document.text(x.label, at: middle, style) }
        style.isUpward = true
        let widest = y.ticks.map { TextWidth.of($0.text, size: PlotArea.tickSize) }.max() ?? 0
        let side = PlotPlace(rectangle.left - widest - 22, rectangle.top + rectangle.height / 2)
        if !y.label.isEmpty { document.text(y.label, at: side, style) }
    }
}
