internal import Corpus
package import Plots
internal import Scoring

/// Embeddings of some speakers in the plane of their two principal components: 20 speakers and up to 10 examples of each,
/// as voicemap's figure has them.
package struct SpeakerScatter: Sendable {
    private static let speakerLimit = 20
    private static let exampleLimit = 10

    package let points: [EmbeddingFigure.Point]
    /// The share of the variance along each axis, 0…1.
    package let shares: [Double]

    /// The rows that the picture of a side shows: speakers drawn by a fixed seed, their examples spread over what there is.
    static func rows(of side: Side, _ labels: RowLabels) -> [UInt32] {
        var rows: [UInt32: [UInt32]] = [:]
        for row in labels.rows(of: side) { rows[labels.speakers[Int(row)], default: []].append(row) }
        let speakers = rows.keys.sorted()
        guard !speakers.isEmpty else { return [] }
        let seed = KeyedRandom(seed: 42, domain: "evaluation.scatter").bits(0)
        let order = IndexPermutation(size: UInt64(speakers.count), seed: seed)
        let drawn = (0..<min(speakerLimit, speakers.count)).map { speakers[Int(order[UInt64($0)])] }
        return drawn.sorted().flatMap { speaker in
            let own = rows[speaker] ?? []
            let count = min(exampleLimit, own.count)
            return (0..<count).map { own[$0 * own.count / count] }
        }
    }

    /// nil where there are not two speakers.
    init?(_ rows: [UInt32], _ labels: RowLabels, _ vectors: RowVectors) {
        guard Set(rows.map { labels.speakers[Int($0)] }).count >= 2 else { return nil }
        let values = rows.flatMap { vectors.table[vectors.place(of: $0)] }
        guard let embeddings = try? EmbeddingRows(values, width: vectors.table.size),
            let components = try? PrincipalComponents(embeddings)
        else { return nil }
        let places = components.project(embeddings)
        let names = SpeakerScatter.names(labels)
        points = zip(rows, places).map { row, place in
            let speaker = Int(labels.speakers[Int(row)])
            return EmbeddingFigure.Point(
                x: place[0], y: place.count > 1 ? place[1] : 0, speaker: names[speaker],
                shape: SpeakerScatter.shape(labels.speakerSexes[speaker]))
        }
        let total = components.totalVariance
        shares = components.variances.map { total > 0 ? $0 / total : 0 }
    }

    /// The speakers' names, without the corpus where all are of one.
    private static func names(_ labels: RowLabels) -> [String] {
        let corpora = Set(labels.speakerNames.map { $0.prefix { $0 != "/" } })
        guard corpora.count == 1, let corpus = corpora.first else { return labels.speakerNames }
        return labels.speakerNames.map { name in
            name.count > corpus.count ? String(name.dropFirst(corpus.count + 1)) : name
        }
    }

    private static func shape(_ sex: Sex) -> EmbeddingFigure.Shape {
        switch sex {
        case .female: .female
        case .male: .male
        case .unknown: .unknown
        }
    }

    package func figure(title: String) -> EmbeddingFigure {
        func label(_ number: Int) -> String {
            let share = shares.count > number ? shares[number] : 0
            return "component \(number + 1) (\(Int((share * 100).rounded())) % of the variance)"
        }
        return EmbeddingFigure(title: title, xLabel: label(0), yLabel: label(1), points: points)
    }
}
