import ContentStore
import Corpus

/// Writes the split of a made-up dataset.
enum SplitFixture {
    /// - Parameters:
    ///   - people: names and sexes of the speakers, by their numbers.
    ///   - speakers: of each row.
    ///   - sides: of each row.
    static func write(
        _ path: String, people: [(name: String, sex: Sex)], speakers: [UInt32], sides: [Side]
    ) throws {
        var (names, sexes) = (TextColumn(), TextColumn())
        for person in people {
            names.append(person.name)
            sexes.append(person.sex.rawValue)
        }
        let columns = [names.tensors("speaker"), sexes.tensors("sex")]
        try TensorFile(
            kind: "split",
            tensors: [ContentStore.Tensor("row.speaker", speakers)] + columns.map(\.ends)
                + columns.map(\.bytes) + [ContentStore.Tensor("row.side", sides.map(\.code))]
        ).publish(at: path)
    }
}
