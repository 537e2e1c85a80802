/// Episodes one after another, as they are stored.
package struct EpisodeColumns: Hashable, Sendable {
    /// The row of each episode's query.
    package internal(set) var query: [UInt32] = []
    /// The rows of the support: episode by episode, class by class, shot by shot.
    package internal(set) var support: [UInt32] = []
    /// The class of each episode that is the query's speaker.
    package internal(set) var answer: [UInt32] = []

    package init() {}
}
