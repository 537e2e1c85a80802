import ContentStore
import Foundation
import Shards

/// What lies beside every export: the certificate, the speakers in label order, what a consumer has to do alike, and how
/// to read it.
struct SidecarFiles {
    private let exporter: Exporter

    init(_ exporter: Exporter) { self.exporter = exporter }

    private typealias Text = (name: String, text: String)

    /// The certificate of the dataset's split, where one was made: as its artifact has it.
    private func certificate() throws -> [Text] {
        guard let file = try exporter.built.certificateFile() else { return [] }
        func text(_ name: String) throws -> String { String(decoding: try file.bytes(name), as: UTF8.self) }
        return [
            ("certificate.json", try text("json") + "\n"), ("certificate.txt", try text("table")),
        ]
    }

    func write(_ receipts: [ShardReceipt], _ files: [WrittenFile]) throws -> [WrittenFile] {
        let (folder, outline) = (exporter.folder.partial, exporter.outline)
        let (request, license) = (exporter.folder.request, exporter.request.license)
        let texts: [Text] = [
            (ConsumerConfig.fileName, ConsumerConfig.text(outline, request: request)),
            (SpeakerList.fileName, SpeakerList.text(outline)),
            ("load.py", exporter.format.loader),
            (
                ExportReadme.fileName,
                ExportReadme.text(outline, format: exporter.format, request: request, license: license)
            ),
        ]
        var written: [WrittenFile] = []
        for (name, text) in try certificate() + texts {
            written.append(try ShardFile.write(text, to: name, in: folder))
        }
        let metadata = CroissantMetadata.text(
            outline, request: request, receipts: receipts, files: files + written, license: license)
        return written + [try ShardFile.write(metadata, to: CroissantMetadata.fileName, in: folder)]
    }
}
