/// The trial lists that VoxCeleb's authors published over VoxCeleb1: O over its 40 test speakers, E over all 1251,
/// H over pairs of one sex and nationality; each as first published and cleaned.
package enum OfficialTrials: String, Codable, Sendable, CaseIterable {
    case o = "VoxCeleb1-O"
    case oCleaned = "VoxCeleb1-O (cleaned)"
    case h = "VoxCeleb1-H"
    case hCleaned = "VoxCeleb1-H (cleaned)"
    case e = "VoxCeleb1-E"
    case eCleaned = "VoxCeleb1-E (cleaned)"

    /// The name of the file as published.
    package var fileName: String {
        switch self {
        case .o: "veri_test.txt"
        case .oCleaned: "veri_test2.txt"
        case .h: "list_test_hard.txt"
        case .hCleaned: "list_test_hard2.txt"
        case .e: "list_test_all.txt"
        case .eCleaned: "list_test_all2.txt"
        }
    }

    package var trialCount: Int {
        switch self {
        case .o: 37_720
        case .oCleaned: 37_611
        case .h: 552_536
        case .hCleaned: 550_894
        case .e: 581_480
        case .eCleaned: 579_818
        }
    }

    /// The MD5 of the file that several toolkits download and check (PaddleSpeech, kiwano: examples' download scripts).
    package var md5: String {
        switch self {
        case .o: "29fc7cc1c5d59f0816dc15d6e8be60f7"
        case .oCleaned: "b73110731c9223c1461fe49cb48dddfc"
        case .h: "21c341b6b2168eea2634df0fb4b8fff1"
        case .hCleaned: "857790e09d579a68eb2e339a090343c8"
        case .e: "b9ecf7aa49d4b656aa927a8092844e4a"
        case .eCleaned: "a53e059deb562ffcfc092bf5d90d9f3a"
        }
    }

    /// What a list is recognized as.
    package enum Recognition: Equatable, Sendable {
        /// Byte for byte the published file, whatever it is called.
        case published(OfficialTrials)
        /// It has the name and the number of trials, but other bytes: written again, or changed.
        case sameNameAndCount(OfficialTrials)
        /// It has the name, but another number of trials: this list is not the published one.
        case sameNameOnly(OfficialTrials)
        /// It has the number of trials, but another name and other bytes.
        case sameCountOnly(OfficialTrials)
        case unknown
    }

    /// Recognizes a list by its bytes first, then by name and number of trials.
    package static func recognize(_ list: TrialList) -> Recognition {
        recognize(name: list.name, count: list.trials.count, md5: list.md5)
    }

    static func recognize(name: String, count: Int, md5: String) -> Recognition {
        if let official = allCases.first(where: { $0.md5 == md5 }) { return .published(official) }
        if let official = allCases.first(where: { $0.fileName == name }) {
            return count == official.trialCount ? .sameNameAndCount(official) : .sameNameOnly(official)
        }
        return allCases.first { $0.trialCount == count }.map(Recognition.sameCountOnly) ?? .unknown
    }
}

extension OfficialTrials.Recognition {
    /// One sentence for reports about the list called `name` of `count` trials.
    package func sentence(name: String, count: Int) -> String {
        switch self {
        case .published(let official): "\(name) is \(official.rawValue) as published"
        case .sameNameAndCount(let official):
            "\(name) has the name and the \(Amount.count(count)) trials of \(official.rawValue), but not its bytes: it "
                + "was written again or changed"
        case .sameNameOnly(let official):
            "\(name) has the name of \(official.rawValue), but \(Amount.count(count)) trials where that has "
                + "\(Amount.count(official.trialCount)): it is another list"
        case .sameCountOnly(let official):
            "\(name) has as many trials as \(official.rawValue) (\(Amount.count(count))), but neither its name nor its bytes"
        case .unknown: "\(name) is no list of VoxCeleb's authors"
        }
    }
}
