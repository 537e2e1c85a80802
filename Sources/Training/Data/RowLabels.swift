internal import ContentStore
package import Corpus

/// Whose the rows of a dataset are and on which side they stand.
package struct RowLabels: Sendable {
    /// Of each row, the speaker's number.
    package let speakers: [UInt32]
    /// Of each row, the number of its utterance within the dataset.
    package let utterances: [UInt32]
    /// The speakers' names and sexes, by their numbers.
    package let speakerNames: [String]
    package let speakerSexes: [Sex]
    private let sides: [UInt8]

    /// Reads the split; rows of augmented copies are those of what they copy.
    package init(_ place: DatasetPlace) throws(TrainingError) {
        do {
            let file = try TensorFileReader(path: place.split)
            var speakers = try file.unsigned("row.speaker")
            var sides = try file.bytes("row.side")
            var utterances = try RowLabels.utterances(place)
            for part in place.features {
                guard let first = part.copyOf else { continue }
                for source in try TensorFileReader(path: part.path).unsigned("row.source") {
                    speakers.append(speakers[first + Int(source)])
                    sides.append(sides[first + Int(source)])
                    utterances.append(utterances[first + Int(source)])
                }
            }
            (self.speakers, self.sides, self.utterances) = (speakers, sides, utterances)
            speakerNames = try TextColumn.read("speaker", from: file)
            speakerSexes = try TextColumn.read("sex", from: file).map { Sex(rawValue: $0) ?? .unknown }
        } catch {
            throw .store(error)
        }
    }

    /// Of each row of the packs that are no copies; their utterances are counted on from pack to pack.
    private static func utterances(_ place: DatasetPlace) throws(StoreError) -> [UInt32] {
        var (all, first): ([UInt32], UInt32) = ([], 0)
        for part in place.features where part.copyOf == nil {
            let numbers = try TensorFileReader(path: part.path).unsigned("row.utterance")
            all += numbers.map { first + $0 }
            first += (numbers.max() ?? 0) + 1
        }
        return all
    }

    package var count: Int { speakers.count }

    package func side(of row: Int) -> Side? { Side(code: sides[row]) }

    /// The rows of a side, in order.
    package func rows(of side: Side) -> [UInt32] {
        sides.indices.filter { sides[$0] == side.code }.map { UInt32($0) }
    }

    /// The class of each speaker among those who have a row on `side`, counted from 0 in order of their numbers; nil for
    /// the others.
    package func classes(on side: Side) -> [Int?] {
        var isThere = [Bool](repeating: false, count: speakerNames.count)
        for (row, code) in sides.enumerated() where code == side.code { isThere[Int(speakers[row])] = true }
        var next = 0
        return isThere.map { there in
            guard there else { return nil }
            next += 1
            return next - 1
        }
    }
}
