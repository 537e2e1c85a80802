/// A picture of results as an SVG document: UTF-8 text, readable on white, with no outside parts. The same values give
/// the same bytes. Values that are no finite numbers are left out of curves; texts are escaped.
package protocol Figure {
    var svg: String { get }
}
