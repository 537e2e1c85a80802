/// Colors that are told apart with all common kinds of color vision, and on white.
enum Palette {
    /// Of texts and axes.
    static let ink = "#222222"
    /// Of what stands back: ticks' texts, chance lines.
    static let gray = "#666666"
    static let grid = "#e3e3e3"

    /// M. Okabe and K. Ito's colors (2008) without the yellow, which white swallows; then P. Tol's muted ones.
    private static let colors = [
        "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#882255", "#999933",
        "#332288", "#44aa99", "#cc6677", "#117733", "#aa4499", "#8c6d46", "#7f7f7f", "#7570b3", "#b2182b",
        "#88ccee", "#ddcc77",
    ]

    static var count: Int { colors.count }

    /// The color of series or group number `index`; they return after 20.
    static func color(_ index: Int) -> String { colors[index % colors.count] }

    private static let dashes: [[Double]] = [[], [7, 4], [2, 3], [9, 3, 2, 3]]

    /// How the line of series `index` is broken, so that lines differ without their colors too.
    static func dash(_ index: Int) -> [Double] { dashes[index % dashes.count] }
}
