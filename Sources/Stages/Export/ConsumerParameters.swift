import ContentStore

extension Recipe {
    /// Everything that inference has to do as training did, as canonical JSON: the rate, the frames, the features.
    func consumerParameters() throws(StoreError) -> String {
        struct Parameters: Encodable {
            let resample: ResampleParameters
            let frame: FrameParameters
            let features: FeatureParameters
        }
        return try CanonicalJSON.encode(Parameters(resample: resample, frame: frame, features: features))
    }

    /// What the comment at the head of the recipe says: its first paragraph.
    var summary: String {
        var words: [Substring] = []
        for line in origin.yaml.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("#") else { break }
            let text = line.drop { $0 == "#" || $0 == " " }
            if text.isEmpty { break }
            words.append(text)
        }
        return words.joined(separator: " ")
    }
}
