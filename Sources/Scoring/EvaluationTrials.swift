/// The trials of a list, for evaluation. Two forms, told apart by the first line:
///
///     1 id10270/5r0dWxy17C8/00001.wav id10270/x6uYqmx31kE/00001.wav     VoxCeleb: label first
///     id10270-5r0dWxy17C8-00001 id10271-1gtz-CUIygI-00001 nontarget     Kaldi: label last
///
/// Fields are parted by spaces or tabs; empty lines are passed over.
package struct EvaluationTrials: Sendable {
    package struct Trial: Hashable, Sendable {
        package let enrollment: String
        package let test: String
        /// Whether one speaker said both.
        package let isTarget: Bool

        package init(enrollment: String, test: String, isTarget: Bool) {
            (self.enrollment, self.test, self.isTarget) = (enrollment, test, isTarget)
        }
    }

    private enum Form {
        case voxceleb
        case kaldi
    }

    /// For errors.
    package let path: String
    /// In the order of the file.
    package let trials: [Trial]
    /// The line of each trial.
    package let lines: [Int]

    package init(path: String) throws(ScoringError) {
        try self.init(ListLines.bytes(path: path), path: path)
    }

    /// Reads the list in `bytes`; errors name `path`, the line and the column.
    package init(_ bytes: [UInt8], path: String) throws(ScoringError) {
        var (trials, numbers): ([Trial], [Int]) = ([], [])
        var form: Form?
        var lines = ListLines(path: path)
        try lines.read(bytes) { (lines, line) throws(ScoringError) in
            trials.append(try EvaluationTrials.trial(&lines, line, &form))
            numbers.append(line.number)
        }
        guard !trials.isEmpty else {
            throw ScoringError("\(path) holds no trials; a line is \(EvaluationTrials.expected(nil))")
        }
        (self.path, self.trials, self.lines) = (path, trials, numbers)
    }

    private static func trial(
        _ lines: inout ListLines, _ line: ListLines.Line, _ form: inout Form?
    ) throws(ScoringError) -> Trial {
        let fields = line.fields
        guard fields.count == 3 else {
            let column = fields.count > 3 ? fields[3].column : line.endColumn
            let fault = fields.count > 3 ? "there are \(fields.count) fields" : "a field is missing"
            throw lines.wrong(line, column, "\(fault); a line is \(expected(form))")
        }
        let candidates = form.map { [$0] } ?? [.voxceleb, .kaldi]
        for candidate in candidates {
            guard let isTarget = label(fields, candidate) else { continue }
            form = candidate
            let first = candidate == .voxceleb ? 1 : 0
            return Trial(
                enrollment: try lines.name(fields[first], line),
                test: try lines.name(fields[first + 1], line),
                isTarget: isTarget)
        }
        let wrong = form == .kaldi ? fields[2] : fields[0]
        throw lines.wrong(
            line, wrong.column,
            "\(ListLines.quoted(wrong)) is no label\(form == nil ? "" : " as in the lines before"); a line is "
                + expected(form))
    }

    private static func label(_ fields: [ListLines.Field], _ form: Form) -> Bool? {
        let (field, yes, no) = form == .voxceleb ? (fields[0], "1", "0") : (fields[2], "target", "nontarget")
        if field.bytes.elementsEqual(yes.utf8) { return true }
        return field.bytes.elementsEqual(no.utf8) ? false : nil
    }

    private static func expected(_ form: Form?) -> String {
        switch form {
        case .voxceleb: "'1 ENROLLMENT TEST' or '0 ENROLLMENT TEST'"
        case .kaldi: "'ENROLLMENT TEST target' or 'ENROLLMENT TEST nontarget'"
        case nil: "'1 ENROLLMENT TEST' (or 0) or 'ENROLLMENT TEST target' (or nontarget)"
        }
    }
}
