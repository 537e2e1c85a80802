/// Writes the elements of an SVG 1.1 document, one on each line, coordinates with at most two decimals.
struct SVGDocument {
    enum Anchor: String {
        case start, middle, end
    }

    struct TextStyle {
        var size = 12.0
        var color = Palette.ink
        var anchor = Anchor.start
        var isBold = false
        /// Turned a quarter to the left, to be read upwards.
        var isUpward = false
    }

    struct Stroke {
        var color = Palette.ink
        var width = 1.0
        /// Lengths of dashes and gaps; empty draws through.
        var dash: [Double] = []
    }

    private var lines: [String]

    init(width: Double, height: Double, title: String) {
        let size = "\(SVGDocument.number(width)) \(SVGDocument.number(height))"
        lines = [
            #"<?xml version="1.0" encoding="UTF-8"?>"#,
            #"<svg xmlns="http://www.w3.org/2000/svg" width="\#(SVGDocument.number(width))" height="\#(SVGDocument.number(height))" viewBox="0 0 \#(size)" role="img" font-family="Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif">"#,
            "<title>\(SVGDocument.escaped(title))</title>",
            ##"<rect width="100%" height="100%" fill="#ffffff"/>"##,
        ]
    }

    /// The whole document.
    var text: String { lines.joined(separator: "\n") + "\n</svg>\n" }

    mutating func line(_ from: PlotPlace, _ to: PlotPlace, _ stroke: Stroke) {
        polyline([from, to], stroke)
    }

    mutating func polyline(_ places: [PlotPlace], _ stroke: Stroke) {
        guard places.count >= 2 else { return }
        lines.append(
            #"<polyline points="\#(SVGDocument.points(places))" fill="none" \#(SVGDocument.attributes(stroke))/>"#
        )
    }

    mutating func polygon(_ places: [PlotPlace], fill: String, opacity: Double = 1, stroke: Stroke? = nil) {
        let fillOpacity = opacity == 1 ? "" : #" fill-opacity="\#(SVGDocument.number(opacity))""#
        let outline = stroke.map { " " + SVGDocument.attributes($0) } ?? ""
        lines.append(
            #"<polygon points="\#(SVGDocument.points(places))" fill="\#(fill)"\#(fillOpacity)\#(outline)/>"#)
    }

    mutating func circle(
        _ center: PlotPlace, radius: Double, fill: String, opacity: Double = 1, stroke: Stroke? = nil
    ) {
        let fillOpacity = opacity == 1 ? "" : #" fill-opacity="\#(SVGDocument.number(opacity))""#
        let outline = stroke.map { " " + SVGDocument.attributes($0) } ?? ""
        let place = #"cx="\#(SVGDocument.number(center.x))" cy="\#(SVGDocument.number(center.y))""#
        lines.append(
            #"<circle \#(place) r="\#(SVGDocument.number(radius))" fill="\#(fill)"\#(fillOpacity)\#(outline)/>"#
        )
    }

    mutating func text(_ text: String, at place: PlotPlace, _ style: TextStyle = TextStyle()) {
        let (x, y) = (SVGDocument.number(place.x), SVGDocument.number(place.y))
        let turn = style.isUpward ? #" transform="rotate(-90 \#(x) \#(y))""# : ""
        let weight = style.isBold ? #" font-weight="bold""# : ""
        let anchor = style.anchor == .start ? "" : #" text-anchor="\#(style.anchor.rawValue)""#
        lines.append(
            #"<text x="\#(x)" y="\#(y)" font-size="\#(SVGDocument.number(style.size))" fill="\#(style.color)"\#(anchor)\#(weight)\#(turn)>\#(SVGDocument.escaped(text))</text>"#
        )
    }

    /// Draws what `draw` draws, cut off at a rectangle's edges. Coordinates stay those of the document.
    mutating func clipped(to area: PlotRectangle, _ draw: (inout SVGDocument) -> Void) {
        let numbers = [area.left, area.top, area.width, area.height].map(SVGDocument.number)
        lines.append(
            #"<svg x="\#(numbers[0])" y="\#(numbers[1])" width="\#(numbers[2])" height="\#(numbers[3])" viewBox="\#(numbers.joined(separator: " "))" overflow="hidden">"#
        )
        draw(&self)
        lines.append("</svg>")
    }

    private static func attributes(_ stroke: Stroke) -> String {
        let dash =
            stroke.dash.isEmpty
            ? "" : #" stroke-dasharray="\#(stroke.dash.map(number).joined(separator: " "))""#
        return
            #"stroke="\#(stroke.color)" stroke-width="\#(number(stroke.width))" stroke-linejoin="round"\#(dash)"#
    }

    private static func points(_ places: [PlotPlace]) -> String {
        places.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
    }

    /// At most two decimals, without zeros at the end. Far-off values are held within ±1e6, and what
    /// is no number is 0, so that no value makes a document that viewers refuse.
    static func number(_ value: Double) -> String {
        guard !value.isNaN else { return "0" }
        let hundredths = Int((min(max(value, -1e6), 1e6) * 100).rounded())
        let whole = hundredths.magnitude / 100
        let rest = hundredths.magnitude % 100
        let fraction =
            rest == 0 ? "" : rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)"
        return (hundredths < 0 ? "-" : "") + "\(whole)\(fraction)"
    }

    /// Text as XML takes it: the five signs replaced, and characters that XML 1.0 forbids shown as U+FFFD.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n", "\r": result += " "
            case "\0"..<" ", "\u{FFFE}"..."\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
