internal import ContentStore

/// Stored n-shot k-way episodes: whose is the query?
package struct EpisodeSet: Sendable {
    package let shot: Int
    package let way: Int
    /// The row of each episode's query.
    package let queries: [UInt32]
    /// Rows of the support: episode by episode, class by class, shot by shot.
    package let support: [UInt32]
    /// The class of each episode that is the query's speaker.
    package let answers: [UInt32]

    package init(_ place: DatasetPlace.Episodes) throws(TrainingError) {
        do {
            let file = try TensorFileReader(path: place.path)
            queries = try file.unsigned("query")
            support = try file.unsigned("support")
            answers = try file.unsigned("answer")
        } catch {
            throw .store(error)
        }
        (shot, way) = (place.shot, place.way)
        guard support.count == queries.count * shot * way, answers.count == queries.count else {
            throw .unusable("\(place.path) does not hold \(shot)-shot \(way)-way episodes")
        }
    }

    package var count: Int { queries.count }

    /// Every row that an episode names, once, in order: what has to be embedded.
    package var rows: [UInt32] { Array(Set(queries).union(support)).sorted() }

    /// The support rows of class `number` of an episode.
    package func support(_ episode: Int, ofClass number: Int) -> ArraySlice<UInt32> {
        let start = (episode * way + number) * shot
        return support[start..<start + shot]
    }
}
