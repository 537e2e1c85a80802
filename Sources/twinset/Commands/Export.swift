import ArgumentParser
import Console
import Corpus
import Foundation
import Shards
import Stages

struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a built dataset in a form that other trainers read.",
        discussion: """
              twinset export manifests/fbanknet.yaml --format webdataset --out exports/fbanknet --shuffle 1
              twinset export ef0b052df31f --format numpy --out exports/fbanknet-npy --split train

            DATASET is a recipe, whose last build is taken, or the first digits of a dataset's digest. The bytes depend on \
            the dataset and on these options alone. An export that was broken off goes on where it stopped when the same \
            command is given again; a folder that holds anything else is never touched. Beside the shards lie \
            index.json with the digest of every file ('twinset verify DIR' checks them), a README.md, a program that \
            loads it, the parameters that a consumer has to share, and the leakage certificate.
            """)

    @Argument(
        help: "A recipe, or at least 6 digits of a dataset's digest.", completion: .file(extensions: ["yaml"])
    )
    var dataset: String

    @Option(help: "The form: \(ShardFormats.names.joined(separator: ", ")).")
    var format: String

    @Option(help: "The folder to make.", completion: .directory)
    var out: String

    @Option(help: "The sides to write; all that there are without it. May be given for several.")
    var split: [Side] = []

    @Option(help: "What a row is: \(ExportOutline.Content.allCases.map(\.rawValue).joined(separator: ", ")).")
    var what: ExportOutline.Content = .examples

    @Option(help: "Rows of a shard; the last one of a side may have fewer.")
    var rowsPerShard: Int?

    @Option(help: "About the size of a shard, such as 256MB; --rows-per-shard goes before it.")
    var shardSize: ByteSize = ByteSize(bytes: 256_000_000)

    @Option(help: "Writes the rows in a global random order that belongs to this seed.")
    var shuffle: UInt64?

    @Option(help: "The licence of the data, an SPDX identifier or an address, for the metadata.")
    var license: String?

    @Flag(help: "Says what would be written, and writes nothing.")
    var dryRun = false

    @Flag(help: "Prints the result as one JSON object.")
    var json = false

    @OptionGroup var places: RecipePlaces

    func validate() throws {
        guard rowsPerShard ?? 1 > 0 else { throw ValidationError("--rows-per-shard must be at least 1.") }
    }

    func run() async throws {
        let exporter = try exporter()
        try exporter.checkPlace()
        let estimate = exporter.estimate()
        if dryRun {
            json ? try Terminal.printJSON(estimate) : print(Export.describe(estimate))
            return
        }
        Terminal.note(Export.describe(estimate))
        let report = try await exporter.run { done, count in
            Terminal.overwrite("\(done) of \(count) shards")
            if done == count { Terminal.overwrite("") }
        }
        json ? try Terminal.printJSON(report) : print(Export.table(report))
    }

    private func exporter() throws -> Exporter {
        let request = ExportRequest(
            format: format, content: what, sides: split.isEmpty ? nil : split, rowsPerShard: rowsPerShard,
            shardBytes: shardSize.bytes, shuffle: shuffle, jobs: places.jobs, license: license)
        let isDigest = dataset.count >= 6 && dataset.allSatisfy(\.isHexDigit)
        if isDigest && !FileManager.default.fileExists(atPath: dataset) {
            return try Exporter(
                digest: dataset, workspace: places.workspace.value, request: request, out: out)
        }
        let builder = try places.builder(recipe: dataset)
        return try Exporter(
            recipe: builder.recipe, workspace: builder.workspace, request: request, out: out)
    }

    private static func describe(_ estimate: ExportEstimate) -> String {
        let rows = Side.allCases.compactMap { side in
            estimate.rows[side.rawValue].map { "\(Amount.count($0)) \(side.rawValue)" }
        }.joined(separator: ", ")
        let free = estimate.freeBytes.map { "; \(Amount.bytes($0)) are free" } ?? ""
        return "rows: \(rows); about \(Amount.bytes(estimate.bytes)) in \(Amount.count(estimate.shards)) "
            + (estimate.shards == 1 ? "shard" : "shards") + free
    }

    private static func table(_ report: ExportReport) -> String {
        var rows = [["export", report.digest], ["dataset", report.dataset]]
        for side in Side.allCases {
            if let count = report.rows[side.rawValue] {
                rows.append(["  " + side.rawValue, "\(Amount.count(count)) rows"])
            }
        }
        let again = report.resumed > 0 ? ", \(report.resumed) of them from before" : ""
        rows.append(["shards", "\(Amount.count(report.shards))\(again)"])
        rows.append([
            "written", "\(Amount.bytes(report.bytes)) in \(Amount.count(report.files)) files, \(report.out)",
        ])
        if let checked = report.checkedExamples {
            rows.append([
                "checked", "\(checked) \(checked == 1 ? "example" : "examples") made again from audio, equal",
            ])
        }
        let rate = report.seconds > 0 ? ", \(Amount.bytes(Int(Double(report.bytes) / report.seconds)))/s" : ""
        rows.append(
            ["time", report.wasThere ? "it was there already" : Amount.duration(report.seconds) + rate])
        return Terminal.table(rows)
    }
}

extension Side: ExpressibleByArgument {}
extension ExportOutline.Content: ExpressibleByArgument {}

/// A number of bytes as people write it: `256MB`, `1.5GB`, `4096`.
struct ByteSize: ExpressibleByArgument, CustomStringConvertible {
    let bytes: Int

    init(bytes: Int) { self.bytes = bytes }

    init?(argument: String) {
        let units = [
            "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "kib": 1024, "mib": 1_048_576, "gib": 1_073_741_824,
            "b": 1,
        ]
        let number = argument.prefix { $0.isNumber || $0 == "." }
        let unit = argument.dropFirst(number.count).lowercased().trimmingCharacters(in: .whitespaces)
        guard let value = Double(number), value > 0, let factor = unit.isEmpty ? 1 : units[unit],
            value * factor < 1e15
        else { return nil }
        bytes = Int(value * factor)
    }

    var description: String { Amount.bytes(bytes) }
}
