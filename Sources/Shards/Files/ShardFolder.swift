/// The folder that an export grows in, and who hashes what is written there.
package struct ShardFolder: Sendable {
    let path: String
    /// Nil where each file hashes its bytes itself.
    let digests: PendingDigests?

    package init(_ path: String, digests: PendingDigests? = nil) {
        self.path = path
        self.digests = digests
    }
}
