import ContentStore
import Corpus
import Pipeline

/// Every utterance of a dataset with where its examples stand, in pack order.
struct CertifiedUtterances {
    struct Utterance {
        /// `corpus/id`.
        let name: String
        /// Row of the split's speakers; nil when the utterance has no example.
        let speaker: UInt32?
        let session: UInt32?
        /// Bit 0 train, 1 validation, 2 test.
        let mask: UInt8
        let audio: Digest
    }

    private(set) var all: [Utterance] = []
    /// By session number.
    private(set) var sessionNames: [String] = []
    /// By speaker and by session number, the sides they stand on.
    private(set) var speakerMasks: [UInt8]
    private(set) var sessionMasks: [UInt8] = []
    let speakerNames: [String]

    /// - Parameter visit: called with the names lists may give an utterance, its number, and its speaker's name.
    init(
        _ table: SplitTable, ingest: [Resolved.Entry], frame: [Resolved.Entry], store: Store,
        visit: (_ names: [String], _ number: Int, _ speaker: String) -> Void
    ) throws(StoreError) {
        speakerNames = table.speakerNames
        speakerMasks = Array(repeating: 0, count: table.speakerNames.count)
        for (number, (pack, cuts)) in zip(ingest, frame).enumerated() {
            let utterances = try IngestTable(try store.read(pack.artifact.digest))
            let ranges = try CutTable(try store.read(cuts.artifact.digest))
            add(utterances, ranges, table, pack: number, corpus: pack.corpus, visit)
        }
    }

    private mutating func add(
        _ utterances: IngestTable, _ cuts: CutTable, _ table: SplitTable, pack: Int, corpus: String,
        _ visit: ([String], Int, String) -> Void
    ) {
        let first = Int(table.packFirstRows[pack])
        var row = 0
        for (number, found) in utterances.rows.enumerated() {
            var mask: UInt8 = 0
            var (speaker, session): (UInt32?, UInt32?)
            while row < cuts.count, Int(cuts.utterances[row]) == number {
                mask |= 1 << table.sides[first + row]
                (speaker, session) = (table.speakers[first + row], table.sessions[first + row])
                row += 1
            }
            // Without the bit of what is not used.
            mask >>= 1
            if let speaker { speakerMasks[Int(speaker)] |= mask }
            if let session {
                name(session, "\(corpus)/\(found.speaker)/\(found.session)")
                sessionMasks[Int(session)] |= mask
            }
            let whole = UtteranceName.whole(
                corpus: nil, speaker: found.speaker, session: found.session, id: found.id)
            visit(
                [UtteranceName.id(found.id), whole, UtteranceName.kaldi(whole)], all.count,
                "\(corpus)/\(found.speaker)")
            all.append(
                Utterance(
                    name: "\(corpus)/\(found.id)", speaker: speaker, session: session, mask: mask,
                    audio: found.audio))
        }
    }

    private mutating func name(_ session: UInt32, _ name: String) {
        while sessionNames.count <= Int(session) {
            sessionNames.append("")
            sessionMasks.append(0)
        }
        sessionNames[Int(session)] = name
    }

    /// Whether two utterances stand on different sides.
    func isAcross(_ a: Int, _ b: Int) -> Bool {
        let (one, other) = (all[a].mask, all[b].mask)
        return one != 0 && other != 0 && (one | other).nonzeroBitCount > 1
    }
}

extension Side {
    /// `train+test` for the bits of a mask.
    static func words(_ mask: UInt8) -> String {
        allCases.filter { mask & (1 << ($0.code - 1)) != 0 }.map(\.rawValue).joined(separator: "+")
    }
}
