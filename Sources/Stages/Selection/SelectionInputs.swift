import ContentStore
import Corpus
import Pipeline

/// What trials and episodes are drawn from, and the references by which a reader finds what their row numbers mean.
struct SelectionInputs {
    let split: Digest
    let ingest: [Resolved.Entry]
    let frame: [Resolved.Entry]
    let features: [Resolved.Entry]
    let store: Store

    func table() throws(StoreError) -> SplitTable { try SplitTable(try store.read(split)) }

    /// The first row of each pack, and the digest of its features: what row numbers refer to.
    func references(_ table: SplitTable) -> (first: Tensor, digests: Tensor) {
        PackReferences.tensors(firstRows: table.packFirstRows, of: features)
    }
}
