import Foundation

@testable import Stages

/// Corpora of files that nobody decodes: names alone.
struct CorporaFixture {
    let folder: StageFolder

    /// Files with one byte each, at paths below the folder.
    init(_ paths: [String], speakers: String? = nil) throws {
        folder = try StageFolder()
        for path in paths { try folder.write("x", to: path) }
        if let speakers { try folder.write(speakers, to: "SPEAKERS.TXT") }
    }

    func read(
        _ below: String = "", layout: Recipe.CorpusRequest.Layout = .librispeech, subsets: [String] = [],
        speakers: [String] = [], first: Int? = nil,
        unknown: IngestParameters.UnknownSpeakers = .quarantine
    ) throws(StageError) -> CorpusContents {
        let request = Recipe.CorpusRequest(
            name: "made", layout: layout, path: folder.path + below, subsets: subsets, speakers: speakers,
            place: "made.yaml:3", firstSpeakers: first)
        return try CorpusReader(request: request).read(unknownSpeakers: unknown)
    }

    /// What the reader says against a corpus; empty when it takes it.
    func complaint(
        _ below: String = "", layout: Recipe.CorpusRequest.Layout = .librispeech, subsets: [String] = [],
        speakers: [String] = []
    ) -> String {
        do {
            _ = try read(below, layout: layout, subsets: subsets, speakers: speakers)
            return ""
        } catch {
            return error.message
        }
    }
}

extension CorpusContents {
    var ids: [String] { utterances.map(\.id) }
    /// The reasons of the rejected utterances by path.
    var rejections: [String: String] {
        Dictionary(
            uniqueKeysWithValues: utterances.compactMap { item in
                item.rejection.map { (item.relativePath, $0.reason) }
            })
    }
}
