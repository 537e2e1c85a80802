internal import Foundation

/// The name of the file of a voice.
///
/// A person's name is any text; a file's must not lead to another folder, hide, or mean something to a shell. So every byte
/// that is no ASCII letter, digit, `-` or `_` is written as `%` and two digits: "Ana María" is `Ana%20Mar%C3%ADa`, and
/// "../x" is `%2E%2E%2Fx`. Both ways of writing an accent are one name.
package struct VoiceFileName: Sendable, Hashable {
    /// The name, as it is kept and printed.
    package let name: String
    package let file: String

    package init(_ text: String) throws(TrainingError) {
        name = text.precomposedStringWithCanonicalMapping.trimmingCharacters(in: .whitespaces)
        guard !name.isEmpty else { throw .unusable("a voice needs a name; give one, such as anna") }
        guard name.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw .unusable("the name of a voice has a control character in it; leave it out")
        }
        let coded = name.utf8.map { byte in
            VoiceFileName.isPlain(byte) ? String(UnicodeScalar(byte)) : VoiceFileName.escaped(byte)
        }.joined()
        guard coded.utf8.count <= 200 else {
            throw .unusable("the name '\(name.prefix(20))…' is too long for a file; give a shorter one")
        }
        file = coded + ".safetensors"
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch UnicodeScalar(byte) {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_": true
        default: false
        }
    }

    private static func escaped(_ byte: UInt8) -> String {
        (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
    }
}
