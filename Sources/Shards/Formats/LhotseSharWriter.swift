import ContentStore

/// Writes the files of one Shar shard: the cuts, and what they hold.
struct LhotseSharWriter: ShardWriter {
    /// What a cut's array is to Lhotse.
    enum Field: String {
        /// A matrix of frames.
        case features
        /// A waveform.
        case recording
        /// Any other array, such as an embedding or a picture: a custom field.
        case example

        init(_ outline: ExportOutline) {
            guard outline.content == .examples, case .array(_, let shape) = outline.columns.first?.kind else {
                self = .recording
                return
            }
            if shape.count == 2, outline.hop != nil {
                self = .features
            } else {
                let isWaveform = FeatureOutline(outline)?.isWaveform == true && shape.count == 1
                self = isWaveform ? .recording : .example
            }
        }
    }

    private let outline: ExportOutline
    private let place: ShardPlace
    private let cuts: ShardFile
    private var tar: TarFile
    private let field: Field
    /// The last array's shape and its head: most have the same.
    private var npyHead: (shape: [Int], bytes: [UInt8]) = ([], [])
    private var rowCount = 0

    init(_ outline: ExportOutline, _ place: ShardPlace, in folder: ShardFolder) throws(ShardError) {
        self.outline = outline
        self.place = place
        field = Field(outline)
        cuts = try ShardFile("\(place.folder)/" + place.numbered("cuts.") + ".jsonl", in: folder)
        tar = try TarFile("\(place.folder)/" + place.numbered("\(field.rawValue).") + ".tar", in: folder)
    }

    mutating func append(_ row: ShardRow) throws(ShardError) {
        guard let value = row.values.first, let column = outline.columns.first else { return }
        rowCount += 1
        let manifests = LhotseManifests(outline)
        var length = outline.integer("length", of: row)
        let manifest: String
        switch value {
        case .array(let shape, let bytes):
            guard case .array(let type, _) = column.kind else { return }
            // Lhotse counts a cut's frames from its duration: one of frames lasts as many hops.
            if field == .features { length = shape[0] * (outline.hop ?? 1) }
            if field == .recording { length = shape[0] }
            manifest = manifests.manifest(field, row.key, shape, length)
            try append(row, bytes, type, shape)
        case .audio(let count, let bytes):
            length = count
            manifest = manifests.recording(row.key, count)
            try tar.append(row.key + ".flac", row.bytes, bytes)
        case .text, .integer: return
        }
        try tar.append(row.key + ".json", manifest + "\n")
        try cuts.append(manifests.cut(row, sampleCount: length, field, manifest))
        try cuts.append("\n")
    }

    /// A waveform as WAVE, other arrays as NumPy has them.
    private mutating func append(
        _ row: ShardRow, _ range: Range<Int>, _ type: ElementType, _ shape: [Int]
    ) throws(ShardError) {
        guard field == .recording else {
            if npyHead.shape != shape || npyHead.bytes.isEmpty {
                npyHead = (shape, NPYHeader.bytes(type, shape: shape))
            }
            let head = npyHead.bytes
            return try tar.append(
                row.key + ".npy", parts: [(head, head.indices), (row.bytes, range)])
        }
        let head = FloatWave.head(sampleCount: shape[0], sampleRate: outline.sampleRate)
        let wide = type == .float16 ? ByteText.widened(row.bytes, range) : row.bytes
        try tar.append(
            row.key + ".wav",
            parts: [(head, head.indices), (wide, type == .float16 ? wide.indices : range)])
    }

    mutating func finish() throws(ShardError) -> ShardReceipt {
        ShardReceipt(place, rowCount: rowCount, files: [try cuts.finish(), try tar.finish()])
    }
}
