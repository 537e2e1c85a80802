import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// What a picture holds, found by an XML parser.
final class SVGCheck: NSObject, XMLParserDelegate {
    private(set) var elements: [(name: String, attributes: [String: String])] = []
    private(set) var texts: [String] = []
    private var isText = false

    /// Records an issue when the document is not well-formed XML or holds numbers that are none.
    init(_ svg: String) {
        super.init()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = self
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        #expect(elements.first?.name == "svg")
        for element in elements {
            for (key, value) in element.attributes
            where !["font-family", "fill", "stroke", "xmlns"].contains(key) {
                #expect(!value.contains("nan") && !value.contains("inf"), "\(key)=\(value)")
            }
        }
    }

    func count(_ name: String, _ key: String? = nil, _ value: String? = nil) -> Int {
        elements.count { $0.name == name && (key == nil || $0.attributes[key ?? ""] == value) }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        elements.append((name, attributes))
        isText = name == "text"
        if isText { texts.append("") }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if isText { texts[texts.count - 1] += string }
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
        isText = false
    }
}
