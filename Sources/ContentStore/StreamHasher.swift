internal import Crypto

/// SHA-256 over bytes that come piece by piece.
package struct StreamHasher {
    private var state = SHA256()

    package init() {}

    package mutating func update(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { unsafe state.update(bufferPointer: $0) }
    }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        unsafe state.update(bufferPointer: bytes)
    }

    /// The digest of everything so far.
    package func finish() -> Digest {
        guard let digest = Digest(bytes: Array(state.finalize())) else {
            preconditionFailure("SHA-256 gave other than 32 bytes")
        }
        return digest
    }
}

/// MD5 over bytes that come piece by piece: for FLAC's own checksum of its audio, never for identity.
package struct MD5Hasher {
    private var state = Insecure.MD5()

    package init() {}

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        unsafe state.update(bufferPointer: bytes)
    }

    /// The 16 bytes of the checksum.
    package func finish() -> [UInt8] { Array(state.finalize()) }
}
