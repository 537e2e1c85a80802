/// What the lines, areas and markers of a plot mean, in rows above it, where they hide nothing.
struct Legend {
    enum Sign {
        case line(SVGDocument.Stroke, Marker?)
        case area(String)
        case marker(Marker, String, isHollow: Bool)
    }

    struct Entry {
        let name: String
        let sign: Sign
    }

    static let rowHeight = 20.0
    private static let size = 12.0
    private static let signWidth = 28.0
    private static let gap = 18.0

    let entries: [Entry]

    /// The entries as they fall into rows of a width.
    private func rows(width: Double) -> [[Entry]] {
        var rows: [[Entry]] = []
        var used = 0.0
        for entry in entries {
            let needed = Legend.width(entry)
            if rows.isEmpty || used + needed > width {
                rows.append([])
                used = 0
            }
            rows[rows.count - 1].append(entry)
            used += needed + Legend.gap
        }
        return rows
    }

    private static func width(_ entry: Entry) -> Double {
        signWidth + 6 + TextWidth.of(entry.name, size: size)
    }

    func height(width: Double) -> Double { Double(rows(width: width).count) * Legend.rowHeight }

    /// Draws the rows from the left top of `frame` on.
    func draw(in frame: PlotRectangle, on document: inout SVGDocument) {
        for (index, row) in rows(width: frame.width).enumerated() {
            var left = frame.left
            let middle = frame.top + (Double(index) + 0.5) * Legend.rowHeight
            for entry in row {
                Legend.draw(entry, at: PlotPlace(left, middle), limit: frame.right - left, on: &document)
                left += Legend.width(entry) + Legend.gap
            }
        }
    }

    /// Draws one entry; `place` is its left middle.
    static func draw(_ entry: Entry, at place: PlotPlace, limit: Double, on document: inout SVGDocument) {
        let middle = PlotPlace(place.x + signWidth / 2, place.y)
        switch entry.sign {
        case .line(let stroke, let marker):
            document.line(place, PlotPlace(place.x + signWidth, place.y), stroke)
            marker?.draw(at: middle, radius: 3.6, color: stroke.color, on: &document)
        case .area(let color):
            let (left, right) = (place.x + 4, place.x + signWidth - 2)
            let corners = [(left, -6.0), (right, -6), (right, 6), (left, 6)].map {
                PlotPlace($0.0, place.y + $0.1)
            }
            document.polygon(
                corners, fill: color, opacity: 0.35, stroke: .init(color: color, width: 1.4))
        case .marker(let marker, let color, let isHollow):
            marker.draw(at: middle, radius: 4.6, color: color, isHollow: isHollow, on: &document)
        }
        let name = TextWidth.fitting(entry.name, size: size, within: limit - signWidth - 6)
        document.text(name, at: PlotPlace(place.x + signWidth + 6, place.y + 4.2), .init(size: size))
    }
}
