import Corpus

/// What is exported, known before the first row: what every format is made from.
package struct ExportOutline: Sendable {
    /// What a row is.
    package enum Content: String, Sendable, Codable, CaseIterable {
        /// One network input with its labels.
        case examples
        /// One utterance's waveform with its labels.
        case audio
        /// Two examples and whether their speakers are the same.
        case pairs
        /// An anchor, a positive and a negative example.
        case triplets
        /// Two utterances and whether their speakers are the same.
        case trials
    }

    /// One side of the dataset, in the order of `Side`.
    package struct Split: Sendable, Hashable {
        package let side: Side
        package let rowCount: Int

        package init(side: Side, rowCount: Int) {
            self.side = side
            self.rowCount = rowCount
        }

        package var name: String { side.rawValue }
    }

    /// The recipe's name, as it can stand in a file name.
    package let name: String
    /// What the recipe's first comment says, or nothing.
    package let summary: String
    /// The dataset's digest.
    package let dataset: String
    package let content: Content
    package let columns: [ShardColumn]
    package let splits: [Split]
    /// Hz, of the waveforms that the examples were made from.
    package let sampleRate: Int
    /// Hop of the frames in samples, where examples are matrices of frames.
    package let hop: Int?
    /// The speakers in the order of their labels, those of train first.
    package let speakers: [Speaker]
    /// How many of them are on the train side.
    package let trainSpeakerCount: Int
    /// Every parameter of the features, as canonical JSON: what inference has to do alike.
    package let parameters: String

    /// The most UTF-8 bytes that a text of a column has, and a key under `key`; of columns that are not here it is not
    /// known.
    package let textWidths: [String: Int]

    package init(
        name: String, summary: String, dataset: String, content: Content, columns: [ShardColumn],
        splits: [Split],
        sampleRate: Int, hop: Int?, speakers: [Speaker], trainSpeakerCount: Int, parameters: String,
        textWidths: [String: Int] = [:]
    ) {
        self.name = name
        self.summary = summary
        self.dataset = dataset
        self.content = content
        self.columns = columns
        self.splits = splits
        self.sampleRate = sampleRate
        self.hop = hop
        self.speakers = speakers
        self.trainSpeakerCount = trainSpeakerCount
        self.parameters = parameters
        self.textWidths = textWidths
    }

    package func column(_ name: String) -> Int? { columns.firstIndex { $0.name == name } }

    /// The text that a row has in a column; empty where there is no such column.
    package func text(_ name: String, of row: ShardRow) -> String {
        guard let index = column(name), case .text(let text) = row.values[index] else { return "" }
        return text
    }

    /// The number that a row has in a column; 0 where there is no such column.
    package func integer(_ name: String, of row: ShardRow) -> Int {
        guard let index = column(name), case .integer(let number) = row.values[index] else { return 0 }
        return number
    }

    /// Refuses arrays of other than single and half precision, for a form that has but one type of number for them.
    func requireFloats(_ format: String) throws(ShardError) {
        for column in columns {
            guard case .array(let type, _) = column.kind, type != .float32, type != .float16 else { continue }
            throw .usage(
                "\(format) holds arrays of float32 alone, but \(column.name) has \(type); choose another --format"
            )
        }
    }
}
