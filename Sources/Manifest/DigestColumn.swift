internal import ContentStore
internal import Foundation
internal import GRDB

extension Digest {
    /// The 32 bytes as SQLite stores them.
    var blob: Data { Data(bytes) }
}

extension Row {
    /// The digest in `column`; a column that holds anything else is a damaged manifest.
    func digest(_ column: Int) throws -> Digest {
        let data: Data = self[column]
        guard let digest = Digest(bytes: data) else {
            throw ManifestError.refused(
                "the manifest is damaged: a digest has \(data.count) bytes instead of 32")
        }
        return digest
    }
}
