/// The lines of a trial list, read one after another.
struct TrialLines {
    let path: String
    private(set) var trials: [TrialList.Trial] = []
    /// The form of the first trial, which all others must have.
    private(set) var form: TrialList.Form?
    private var number = 0
    /// One copy of each name: a list of half a million trials names few utterances.
    private var names: [ArraySlice<UInt8>: String] = [:]

    init(path: String) { self.path = path }

    mutating func read(_ line: ArraySlice<UInt8>) throws(StageError) {
        number += 1
        let fields = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == 13 }
        if fields.isEmpty { return }
        guard fields.count == 3 else {
            throw wrong("it has \(fields.count) fields", line)
        }
        if let form {
            guard let isTarget = TrialLines.label(fields, form) else { throw wrong(expected(form), line) }
            trials.append(try trial(fields, form, isTarget, line))
            return
        }
        for candidate in TrialList.Form.allCases {
            guard let isTarget = TrialLines.label(fields, candidate) else { continue }
            form = candidate
            trials.append(try trial(fields, candidate, isTarget, line))
            return
        }
        throw wrong("neither its first field is 0 or 1 nor its last target or nontarget", line)
    }

    private static func label(_ fields: [ArraySlice<UInt8>], _ form: TrialList.Form) -> Bool? {
        switch form {
        case .voxceleb:
            fields[0].elementsEqual("1".utf8) ? true : fields[0].elementsEqual("0".utf8) ? false : nil
        case .kaldi:
            fields[2].elementsEqual("target".utf8)
                ? true : fields[2].elementsEqual("nontarget".utf8) ? false : nil
        }
    }

    private func expected(_ form: TrialList.Form) -> String {
        switch form {
        case .voxceleb: "its first field is not 0 or 1 as in the lines before"
        case .kaldi: "its last field is not target or nontarget as in the lines before"
        }
    }

    private mutating func trial(
        _ fields: [ArraySlice<UInt8>], _ form: TrialList.Form, _ isTarget: Bool, _ line: ArraySlice<UInt8>
    ) throws(StageError) -> TrialList.Trial {
        let first = form == .voxceleb ? 1 : 0
        guard let enrollment = name(fields[first]), let test = name(fields[first + 1]) else {
            throw wrong("it is not UTF-8 text", line)
        }
        return TrialList.Trial(enrollment: enrollment, test: test, isTarget: isTarget)
    }

    private mutating func name(_ bytes: ArraySlice<UInt8>) -> String? {
        if let known = names[bytes] { return known }
        guard let name = String(validating: bytes, as: UTF8.self) else { return nil }
        names[bytes] = name
        return name
    }

    private func wrong(_ reason: String, _ line: ArraySlice<UInt8>) -> StageError {
        .failed(
            "\(path):\(number): \(reason); a trial is '1 UTTERANCE UTTERANCE', '0 UTTERANCE UTTERANCE', or "
                + "'UTTERANCE UTTERANCE target' or '… nontarget', not '\(String(decoding: line.prefix(80), as: UTF8.self))'"
        )
    }
}
