import ContentStore
import Foundation

/// A list of trials: pairs of utterances and whether their speaker is the same. Two forms, told apart by the file:
///
///     1 id10270/5r0dWxy17C8/00001.wav id10270/x6uYqmx31kE/00001.wav     VoxCeleb: label first
///     id10270-5r0dWxy17C8-00001 id10271-1gtz-CUIygI-00001 nontarget     Kaldi: label last
///
/// Fields are parted by spaces or tabs; empty lines are passed over; anything else is an error with its line.
package struct TrialList: Sendable {
    package struct Trial: Hashable, Sendable {
        /// The two utterances, as the file names them. `UtteranceName.id` gives their ids.
        package let enrollment: String
        package let test: String
        /// Whether one speaker said both.
        package let isTarget: Bool

        package init(enrollment: String, test: String, isTarget: Bool) {
            (self.enrollment, self.test, self.isTarget) = (enrollment, test, isTarget)
        }
    }

    package enum Form: String, Codable, Sendable, CaseIterable {
        case voxceleb
        case kaldi
    }

    /// The file's name without its folders.
    package let name: String
    /// The SHA-256 of the file's bytes: what a list is to keys and certificates.
    package let digest: Digest
    /// The MD5 of the file's bytes in hexadecimal, by which published lists are known.
    package let md5: String
    package let form: Form
    /// In the order of the file.
    package let trials: [Trial]

    /// Reads the list in the file at `path`.
    package init(path: String) throws(StageError) {
        var file = SourceFile()
        do {
            try file.read(path: path)
        } catch {
            throw .failed("cannot read the trial list: \(error.message)")
        }
        try self.init(Array(file.bytes[0..<file.count]), path: path)
    }

    /// Reads the list in `bytes`; errors name `path`.
    package init(_ bytes: [UInt8], path: String) throws(StageError) {
        name = String(path.split(separator: "/").last ?? "")
        digest = Digest.of(bytes)
        md5 = TrialList.md5(bytes)
        var lines = TrialLines(path: path)
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            try lines.read(bytes[start..<end])
            start = end + 1
        }
        guard let form = lines.form else {
            throw .failed("\(path) holds no trial; a line is '1 UTTERANCE UTTERANCE'")
        }
        self.form = form
        trials = lines.trials
    }

    private static func md5(_ bytes: [UInt8]) -> String {
        var hasher = MD5Hasher()
        unsafe bytes.withUnsafeBytes { unsafe hasher.update($0) }
        return hasher.finish().map { String(format: "%02x", $0) }.joined()
    }

    package var targetCount: Int { trials.count(where: \.isTarget) }

    /// Every utterance named, once, in order of first appearance.
    package var utterances: [String] {
        var seen: Set<String> = []
        return trials.flatMap { [$0.enrollment, $0.test] }.filter { seen.insert($0).inserted }
    }
}
