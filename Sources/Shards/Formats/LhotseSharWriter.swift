import ContentStore

/// Writes the files of one Shar shard: the cuts, and what they hold.
struct LhotseSharWriter: ShardWriter {
    private let outline: ExportOutline
    private let place: ShardPlace
    private let cuts: ShardFile
    private var tar: TarFile
    /// `features`, `recording`, or `example` for arrays that are no frames.
    private let field: String
    private var rowCount = 0

    init(_ outline: ExportOutline, _ place: ShardPlace, in folder: String) throws(ShardError) {
        self.outline = outline
        self.place = place
        if outline.content == .audio {
            field = "recording"
        } else if case .array(_, let shape) = outline.columns.first?.kind, shape.count == 2,
            outline.hop != nil
        {
            field = "features"
        } else {
            field = "example"
        }
        cuts = try ShardFile("\(place.folder)/" + place.numbered("cuts.") + ".jsonl", in: folder)
        tar = try TarFile("\(place.folder)/" + place.numbered("\(field).") + ".tar", in: folder)
    }

    mutating func append(_ row: ShardRow) throws(ShardError) {
        guard let value = row.values.first, let column = outline.columns.first else { return }
        rowCount += 1
        let length = outline.integer("length", of: row)
        var duration = length
        let manifest: String
        switch value {
        case .array(let shape, let bytes):
            guard case .array(let type, _) = column.kind else { return }
            let head = NPYHeader.bytes(type, shape: shape)
            try tar.append(row.key + ".npy", parts: [(head, head.indices), (row.bytes, bytes)])
            // Lhotse counts a cut's frames from its duration: one of frames lasts as many hops.
            if field == "features" { duration = shape[0] * (outline.hop ?? 1) }
            manifest = field == "features" ? features(row.key, shape, duration) : array(shape)
        case .audio(let count, let bytes):
            try tar.append(row.key + ".flac", row.bytes, bytes)
            manifest = recording(row.key, count)
        case .text, .integer: return
        }
        try tar.append(row.key + ".json", manifest + "\n")
        try cuts.append(cut(row, duration: duration, manifest: manifest) + "\n")
    }

    private func seconds(_ samples: Int) -> String { ByteText.seconds(samples, rate: outline.sampleRate) }

    /// - Parameter count: the samples that the cut lasts.
    private func cut(_ row: ShardRow, duration count: Int, manifest: String) -> String {
        let key = JSONText.quoted(row.key)
        let duration = seconds(count)
        let sex = outline.text("sex", of: row)
        let gender = sex == "u" ? "null" : JSONText.quoted(sex)
        let supervision = JSONText.object([
            ("id", key), ("recording_id", key), ("start", "0.0"), ("duration", duration), ("channel", "0"),
            ("speaker", JSONText.quoted(outline.text("speaker", of: row))), ("gender", gender),
        ])
        var custom: [(name: String, json: String)] = [
            ("label", String(outline.integer("label", of: row))),
            ("utterance", JSONText.quoted(outline.text("utterance", of: row))),
            ("session", JSONText.quoted(outline.text("session", of: row))),
            ("start_sample", String(outline.integer("start", of: row))),
            ("sample_count", String(outline.integer("length", of: row))),
            ("row", String(outline.integer("row", of: row))),
        ]
        var fields: [(name: String, json: String)] = [
            ("id", key), ("start", "0.0"), ("duration", duration), ("channel", "0"),
            ("supervisions", "[\(supervision)]"),
        ]
        if field == "example" { custom.append((field, manifest)) } else { fields.append((field, manifest)) }
        // A cut of features alone has a recording too, for its sampling rate: nothing is stored of it.
        if field != "recording" { fields.append(("recording", self.recording(row.key, count))) }
        return JSONText.object(fields + [("custom", JSONText.object(custom)), ("type", "\"MonoCut\"")])
    }

    private func recording(_ key: String, _ count: Int) -> String {
        JSONText.object([
            ("id", JSONText.quoted(key)), ("sources", #"[{"type": "shar", "channels": [0], "source": ""}]"#),
            ("sampling_rate", String(outline.sampleRate)), ("num_samples", String(count)),
            ("duration", seconds(count)), ("channel_ids", "[0]"),
        ])
    }

    private func features(_ key: String, _ shape: [Int], _ length: Int) -> String {
        JSONText.object([
            ("type", "\"twinset\""), ("num_frames", String(shape[0])), ("num_features", String(shape[1])),
            ("frame_shift", seconds(outline.hop ?? 1)), ("sampling_rate", String(outline.sampleRate)),
            ("start", "0"), ("duration", seconds(length)), ("storage_type", "\"shar\""),
            ("storage_path", "\"\""),
            ("storage_key", "\"\""), ("recording_id", JSONText.quoted(key)), ("channels", "0"),
        ])
    }

    private func array(_ shape: [Int]) -> String {
        JSONText.object([
            ("storage_type", "\"shar\""), ("storage_path", "\"\""), ("storage_key", "\"\""),
            ("shape", "[\(shape.map(String.init).joined(separator: ", "))]"),
        ])
    }

    mutating func finish() throws(ShardError) -> ShardReceipt {
        ShardReceipt(place, rowCount: rowCount, files: [try cuts.finish(), try tar.finish()])
    }
}
