internal import Corpus

/// A built dataset, open for training.
package struct TrainingData: Sendable {
    package let place: DatasetPlace
    package let examples: MappedExamples
    package let labels: RowLabels

    package init(_ place: DatasetPlace) throws(TrainingError) {
        self.place = place
        examples = try MappedExamples(place.features.map(\.path))
        labels = try RowLabels(place)
        guard labels.count == examples.count else {
            throw .unusable(
                "the split is of \(labels.count) examples and the features hold \(examples.count); build again"
            )
        }
    }

    /// How many speakers the train side has.
    package var classCount: Int { labels.classes(on: .train).count { $0 != nil } }

    /// The side that learning curves are drawn of beside train: validation, or test where the split has none.
    var heldOutSide: Side? { [.validation, .test].first { !labels.rows(of: $0).isEmpty } }

    /// The stored pairs or triplets of the train side.
    func trainPairs() throws(TrainingError) -> DatasetPlace.Shards {
        guard let shards = place.pairs.stored(.train) else {
            throw .unusable(
                "the dataset has no pairs or triplets of the train side; give the recipe a section pairs and build again"
            )
        }
        return shards
    }
}
