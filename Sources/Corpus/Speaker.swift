/// A person who speaks in a corpus.
package struct Speaker: Codable, Hashable, Sendable {
    /// The corpus's own name for the speaker, unique within it: `19`, `id10001`.
    package var id: String
    package var sex: Sex
    /// The part of the corpus as published that the speaker belongs to: `train-clean-100`.
    package var subset: String?
    /// The person's name where the corpus tells it: `Kara Shallenberg`.
    package var name: String?

    package init(id: String, sex: Sex = .unknown, subset: String? = nil, name: String? = nil) {
        self.id = id
        self.sex = sex
        self.subset = subset
        self.name = name
    }
}
