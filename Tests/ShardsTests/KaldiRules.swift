import Foundation

/// The rules of Kaldi's `utils/validate_data_dir.sh --no-text` (of 2020), restated: what a data directory breaks.
struct KaldiRules {
    private let lists: [String: [String]]
    private var broken: [String] = []

    /// - Parameter folder: the data directory.
    static func broken(by folder: String) throws -> [String] {
        var lists: [String: [String]] = [:]
        var wrong: [String] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where !name.hasSuffix(".ark")
        {
            let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
            if !text.hasSuffix("\n") { wrong.append("\(name) ends within a line") }
            lists[name] = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(
                String.init)
        }
        return wrong + broken(lists)
    }

    static func broken(_ lists: [String: [String]]) -> [String] {
        var rules = KaldiRules(lists: lists)
        rules.check()
        return rules.broken
    }

    private init(lists: [String: [String]]) { self.lists = lists }

    private mutating func check() {
        let spoken = fields("utt2spk")
        require(!spoken.isEmpty && spoken.allSatisfy { $0.count == 2 }, "utt2spk has other than two fields")
        let keys = spoken.map { $0[0] }
        for name in lists.keys.sorted() where name != "frame_shift" {
            let firsts = fields(name).map { $0.first ?? "" }
            require(
                zip(firsts, firsts.dropFirst()).allSatisfy { less($0, $1) },
                "\(name) is not sorted and unique")
            if name.hasPrefix("utt2") || name.hasSuffix(".scp") {
                require(firsts == keys, "\(name) has other rows than utt2spk")
            } else {
                require(firsts == fields("spk2utt").map { $0[0] }, "\(name) has other speakers than spk2utt")
            }
        }
        let bySpeaker = spoken.sorted { $0[1] == $1[1] ? less($0[0], $1[0]) : less($0[1], $1[1]) }
        require(bySpeaker == spoken, "utt2spk is not sorted by speaker")
        let back = fields("spk2utt").flatMap { line in line.dropFirst().map { [$0, line[0]] } }
        require(back == spoken, "spk2utt is not utt2spk the other way round")
        require(
            lists["feats.scp"] != nil || lists["wav.scp"] != nil, "there is neither feats.scp nor wav.scp")
        require(fields("wav.scp").allSatisfy { !$0[1].hasPrefix("~") }, "wav.scp has a tilde")
        require(
            fields("spk2gender").allSatisfy { $0.count == 2 && ["m", "f"].contains($0[1]) }, "spk2gender")
        require(fields("utt2dur").allSatisfy { $0.count == 2 && (Double($0[1]) ?? 0) > 0 }, "utt2dur")
        require(
            fields("utt2num_frames").allSatisfy { $0.count == 2 && (Int($0[1]) ?? 0) > 0 }, "utt2num_frames")
    }

    private func fields(_ name: String) -> [[String]] {
        (lists[name] ?? []).map { $0.split(separator: " ").map(String.init) }
    }

    /// As `sort` in the C locale has it.
    private func less(_ first: String, _ second: String) -> Bool {
        first.utf8.lexicographicallyPrecedes(second.utf8)
    }

    private mutating func require(_ holds: Bool, _ rule: String) {
        if !holds { broken.append(rule) }
    }
}
