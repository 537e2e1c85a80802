import Corpus

/// What a split needs to know of one speaker.
package struct SplitCandidate: Hashable, Sendable {
    /// Unique over all corpora of the recipe. Only its UTF-8 bytes decide the side under a stable split.
    package var id: String
    package var sex: Sex
    package var subset: String?
    /// How much speech the speaker has, in one unit for all: samples at one rate, or milliseconds.
    package var duration: UInt64

    package init(id: String, sex: Sex = .unknown, subset: String? = nil, duration: UInt64 = 0) {
        self.id = id
        self.sex = sex
        self.subset = subset
        self.duration = duration
    }
}
