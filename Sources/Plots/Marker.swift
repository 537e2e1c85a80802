/// The shape that marks a point.
enum Marker: Int, CaseIterable {
    case circle
    case triangle
    case square
    case diamond

    /// Draws the marker with about the same area for every shape; hollow ones are white inside.
    func draw(
        at place: PlotPlace, radius: Double, color: String, isHollow: Bool = false, opacity: Double = 1,
        on document: inout SVGDocument
    ) {
        let stroke =
            isHollow
            ? SVGDocument.Stroke(color: color, width: 1.6) : SVGDocument.Stroke(color: "#ffffff", width: 0.6)
        let fill = isHollow ? "#ffffff" : color
        if self == .circle {
            document.circle(place, radius: radius, fill: fill, opacity: opacity, stroke: stroke)
            return
        }
        let places = corners.map { PlotPlace(place.x + $0.x * radius, place.y + $0.y * radius) }
        document.polygon(places, fill: fill, opacity: opacity, stroke: stroke)
    }

    private var corners: [PlotPlace] {
        switch self {
        case .circle: []
        case .triangle: [PlotPlace(0, -1.35), PlotPlace(1.2, 0.8), PlotPlace(-1.2, 0.8)]
        case .square:
            [PlotPlace(-0.9, -0.9), PlotPlace(0.9, -0.9), PlotPlace(0.9, 0.9), PlotPlace(-0.9, 0.9)]
        case .diamond: [PlotPlace(0, -1.3), PlotPlace(1.3, 0), PlotPlace(0, 1.3), PlotPlace(-1.3, 0)]
        }
    }
}
