import ContentStore
import Foundation
import Shards

/// What lies beside every export: the certificate, the speakers in label order, what a consumer has to do alike, and how
/// to read it.
struct SidecarFiles {
    private let exporter: Exporter

    init(_ exporter: Exporter) { self.exporter = exporter }

    func write(_ receipts: [ShardReceipt], _ files: [WrittenFile]) throws -> [WrittenFile] {
        let folder = exporter.folder.partial
        let outline = exporter.outline
        var written: [WrittenFile] = []
        func add(_ text: String, _ name: String) throws {
            written.append(try ShardFile.write(text, to: name, in: folder))
        }
        if let certificate = try exporter.built.certificate() {
            try add(try CanonicalJSON.encode(certificate) + "\n", "certificate.json")
            try add(certificate.table() + "\n", "certificate.txt")
        }
        let (request, license) = (exporter.folder.request, exporter.request.license)
        try add(ConsumerConfig.text(outline, request: request), ConsumerConfig.fileName)
        try add(SpeakerList.text(outline), SpeakerList.fileName)
        try add(exporter.format.loader, "load.py")
        try add(
            ExportReadme.text(outline, format: exporter.format, request: request, license: license),
            ExportReadme.fileName)
        try add(
            CroissantMetadata.text(
                outline, request: request, receipts: receipts, files: files + written, license: license),
            CroissantMetadata.fileName)
        return written
    }
}
