package import Corpus

/// Where the artifacts of a built dataset lie: what a trainer is told, as JSON, by whoever knows the store.
package struct DatasetPlace: Codable, Sendable, Hashable {
    /// A features artifact.
    package struct Part: Codable, Sendable, Hashable {
        package var path: String
        /// For augmented copies, the dataset's first row of the pack that they are copies of.
        package var copyOf: Int?

        package init(path: String, copyOf: Int? = nil) {
            self.path = path
            self.copyOf = copyOf
        }
    }

    /// A set of n-shot k-way episodes.
    package struct Episodes: Codable, Sendable, Hashable {
        package var side: Side
        package var shot: Int
        package var way: Int
        package var path: String

        package init(side: Side, shot: Int, way: Int, path: String) {
            self.side = side
            self.shot = shot
            self.way = way
            self.path = path
        }
    }

    /// Shards of pairs, triplets or trials of one side, in order.
    package struct Shards: Codable, Sendable, Hashable {
        package var side: Side
        package var paths: [String]

        package init(side: Side, paths: [String]) {
            self.side = side
            self.paths = paths
        }
    }

    /// The digest that names the dataset.
    package var dataset: String
    /// Features in the order of the dataset's rows: of all packs, then of augmented copies.
    package var features: [Part]
    package var split: String
    package var pairs: [Shards]
    package var trials: [Shards]
    package var episodes: [Episodes]

    package init(
        dataset: String, features: [Part], split: String, pairs: [Shards] = [], trials: [Shards] = [],
        episodes: [Episodes] = []
    ) {
        self.dataset = dataset
        self.features = features
        self.split = split
        self.pairs = pairs
        self.trials = trials
        self.episodes = episodes
    }
}

extension [DatasetPlace.Shards] {
    /// Those of a side; nil where it has none.
    func stored(_ side: Side) -> DatasetPlace.Shards? { first { $0.side == side && !$0.paths.isEmpty } }
}
