/// Reads what the section `split` asks of the leakage certificate.
enum CertificateReading {
    static func read(_ section: inout RecipeSection) throws(RecipeError) -> CertificateRequest {
        var request = CertificateRequest()
        for word in try section.list("allow") ?? [] {
            guard let leak = Leak(rawValue: word) else {
                let names = Leak.allCases.map(\.rawValue).joined(separator: ", ")
                throw section.error("allow", "cannot hold '\(word)'; valid: \(names)")
            }
            request.allow.append(leak)
        }
        request.looksForNearAudio = try section.flag("near-identical") ?? true
        let place = section.place(of: "trials")
        request.trials = try (section.list("trials") ?? []).map {
            Recipe.SplitFile(side: nil, path: $0, place: place)
        }
        return request
    }
}
