/// Lhotse's manifests as JSON: a cut with what it holds.
struct LhotseManifests {
    private let outline: ExportOutline

    init(_ outline: ExportOutline) { self.outline = outline }

    /// Seconds as the number nearest to `samples` / rate, so that Lhotse finds the samples again exactly.
    private func seconds(_ samples: Int) -> String { String(Double(samples) / Double(outline.sampleRate)) }

    /// - Parameter count: the samples that the cut lasts.
    func cut(
        _ row: ShardRow, sampleCount count: Int, _ field: LhotseSharWriter.Field, _ manifest: String
    ) -> String {
        let key = JSONText.quoted(row.key)
        var custom = labels(row)
        var fields: [(name: String, json: String)] = [
            ("id", key), ("start", "0.0"), ("duration", seconds(count)), ("channel", "0"),
            ("supervisions", "[\(supervision(row, count))]"),
        ]
        if field == .example {
            custom.append((field.rawValue, manifest))
            // A cut must have features or a recording, which says its sampling rate; nothing is stored of this one.
            fields.append(("recording", recording(row.key, count)))
        } else {
            fields.append((field.rawValue, manifest))
        }
        return JSONText.object(fields + [("custom", JSONText.object(custom)), ("type", "\"MonoCut\"")])
    }

    private func supervision(_ row: ShardRow, _ count: Int) -> String {
        let key = JSONText.quoted(row.key)
        let sex = outline.text("sex", of: row)
        var fields: [(name: String, json: String)] = [
            ("id", key), ("recording_id", key), ("start", "0.0"), ("duration", seconds(count)),
            ("channel", "0"), ("speaker", JSONText.quoted(outline.text("speaker", of: row))),
        ]
        if ["f", "m"].contains(sex) { fields.append(("gender", JSONText.quoted(sex))) }
        return JSONText.object(fields)
    }

    /// What Lhotse has no field for.
    private func labels(_ row: ShardRow) -> [(name: String, json: String)] {
        [
            ("label", String(outline.integer("label", of: row))),
            ("utterance", JSONText.quoted(outline.text("utterance", of: row))),
            ("session", JSONText.quoted(outline.text("session", of: row))),
            ("start_sample", String(outline.integer("start", of: row))),
            ("sample_count", String(outline.integer("length", of: row))),
            ("row", String(outline.integer("row", of: row))),
        ]
    }

    func manifest(_ field: LhotseSharWriter.Field, _ key: String, _ shape: [Int], _ length: Int) -> String {
        switch field {
        case .features: features(key, shape, length)
        case .recording: recording(key, length)
        case .example: array(shape)
        }
    }

    func recording(_ key: String, _ count: Int) -> String {
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
            ("storage_path", "\"\""), ("storage_key", "\"\""), ("recording_id", JSONText.quoted(key)),
            ("channels", "0"),
        ])
    }

    private func array(_ shape: [Int]) -> String {
        JSONText.object([
            ("storage_type", "\"shar\""), ("storage_path", "\"\""), ("storage_key", "\"\""),
            ("shape", "[\(shape.map(String.init).joined(separator: ", "))]"),
        ])
    }
}
