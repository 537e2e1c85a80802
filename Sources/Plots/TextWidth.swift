/// How wide a text comes out in a sans-serif font, about: what layout needs without reading a font.
enum TextWidth {
    /// In pixels at a font size.
    static func of(_ text: String, size: Double) -> Double {
        text.unicodeScalars.reduce(0) { $0 + width($1) } * size
    }

    /// A text cut with an ellipsis so that it fits.
    static func fitting(_ text: String, size: Double, within limit: Double) -> String {
        guard of(text, size: size) > limit else { return text }
        var kept = text
        while !kept.isEmpty, of(kept + "…", size: size) > limit { kept.removeLast() }
        return kept + "…"
    }

    /// Of one character, in font sizes.
    private static func width(_ scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case "i", "j", "l", "I", ".", ",", ":", ";", "|", "'", "!": 0.3
        case "f", "r", "t", "(", ")", "[", "]", "/", "-", " ": 0.36
        case "m", "w", "M", "W", "%", "@": 0.88
        case "A"..."Z": 0.7
        case "a"..."z", "0"..."9": 0.58
        case "\u{300}"..."\u{36F}": 0
        case "\u{2E80}"...: 1
        default: 0.62
        }
    }
}
