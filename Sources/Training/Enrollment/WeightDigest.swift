package import ContentStore

/// What a trained network is: the digest of its blueprint and of the names, shapes and bytes of its weights. What else is
/// written beside them, as a threshold that is chosen anew, is not of it.
package enum WeightDigest {
    package static func of(_ path: String) throws(TrainingError) -> Digest {
        do {
            let file = try TensorFileReader(path: path)
            var builder = DigestBuilder(domain: "twinset.weights.1")
            builder.add("network", file.metadata["network"] ?? "")
            for (name, entry) in file.entries.sorted(by: {
                $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
            }) {
                builder.add("name", name)
                builder.add("type", entry.type.rawValue)
                builder.add("shape", entry.shape.map(String.init).joined(separator: ","))
                builder.add("bytes", try file.digest(of: name))
            }
            return builder.finish()
        } catch {
            throw .store(error)
        }
    }
}
