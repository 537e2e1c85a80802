/// Names that every form can hold.
package enum PlainName {
    /// A speaker's name of letters, digits and `_` alone: nothing that sorts before the `-` behind it, so that keys
    /// sorted as bytes are sorted by speaker too.
    package static func speaker(_ name: String) -> String { plain(name, dash: "_") }

    /// A name of letters, digits, `_` and `-`.
    package static func of(_ name: String) -> String { plain(name, dash: "-") }

    private static func plain(_ text: String, dash: Character) -> String {
        String(
            text.map { character in
                switch character {
                case "-", "/": dash
                case _ where character.isASCII && (character.isLetter || character.isNumber): character
                default: "_"
                }
            })
    }
}
