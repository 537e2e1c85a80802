internal import Corpus
internal import Scoring
internal import Torch

/// How often a classifier names the speakers that it was trained on.
struct SpeakerNaming {
    let data: TrainingData

    /// The rows of a side that are of speakers of the train side.
    func knownRows(on side: Side) -> [UInt32] {
        let classes = data.labels.classes(on: .train)
        return data.labels.rows(of: side).filter { classes[Int(data.labels.speakers[Int($0)])] != nil }
    }

    /// Top-1 and top-5 over `rows`, whose embeddings by the classifier are in `vectors`.
    func naming(
        _ rows: [UInt32], _ classifier: any Classifier, phase: Int, _ vectors: RowVectors
    ) throws(TrainingError) -> Evaluation.Naming {
        let classes = data.labels.classes(on: .train)
        let speakers = rows.map { Int(data.labels.speakers[Int($0)]) }
        var scores: [Float] = []
        for start in stride(from: 0, to: rows.count, by: 256) {
            let batch = rows[start..<min(start + 256, rows.count)]
            scores += try TrainingError.wrapping { () throws(TorchError) in
                try LibTorch.withoutGradients { () throws(TorchError) in
                    let values = batch.flatMap { vectors.table[vectors.place(of: $0)] }
                    let embeddings = try Tensor(values, shape: [batch.count, classifier.embeddingSize])
                        .on(classifier.store.device)
                    return try classifier.logits(ofEmbeddings: embeddings, .evaluation).floats()
                }
            }
        }
        let top = try TrainingError.scoring { () throws(ScoringError) in
            try TopAccuracy(
                scores: scores, classCount: classifier.classCount, labels: speakers.compactMap { classes[$0] }
            )
        }
        return Evaluation.Naming(
            exampleCount: rows.count, speakerCount: Set(speakers).count, classCount: classifier.classCount,
            top1: top.accuracy(top: 1), top5: top.accuracy(top: 5), phase: phase)
    }
}
