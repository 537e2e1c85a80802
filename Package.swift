// swift-tools-version: 6.2
import Foundation
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// A C library found through pkg-config; its module map is all we add.
func library(_ name: String, pkgConfig: String, apt: String, brew: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt]), .brew([brew])])
}

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

/// libtorch for the trainer, with `--traits Torch`: Debian's libtorch-dev, or the one that TORCH_HOME names: a newer
/// one, or one for CUDA, as pip installs it (…/site-packages/torch). Everything else builds without either.
let torchHome = Context.environment["TORCH_HOME"].flatMap { $0.isEmpty ? nil : $0 }

func torchHeaders(_ home: String?) -> [CXXSetting] {
    let trait = CXXSetting.define("TWINSET_TORCH", .when(traits: ["Torch"]))
    guard let home else { return [trait] }
    return [trait, .unsafeFlags(["-isystem", "\(home)/include"])]
}

/// What keeps the memory that libtorch asks for again and again; see CTorch/allocator.cpp.
let jemalloc = LinkerSetting.linkedLibrary("jemalloc", .when(platforms: [.linux], traits: ["Torch"]))

func torchLibraries(_ home: String?) -> [LinkerSetting] {
    guard let folder = home.map({ $0 + "/lib" }) else {
        return ["torch_cpu", "c10"].map { .linkedLibrary($0, .when(traits: ["Torch"])) }
    }
    let hasCUDA = FileManager.default.fileExists(atPath: "\(folder)/libtorch_cuda.so")
    // By their whole paths: a libtorch among the system's libraries would be found before one that is only named. Nothing
    // calls the library for CUDA; it registers itself when it is loaded.
    let paths = (["torch_cpu", "c10"] + (hasCUDA ? ["torch_cuda", "c10_cuda"] : [])).map {
        "\(folder)/lib\($0).so"
    }
    let words = ["-rpath", folder, "--no-as-needed"] + paths + ["--as-needed"]
    return [.unsafeFlags(words.flatMap { ["-Xlinker", $0] }, .when(traits: ["Torch"]))]
}

let package = Package(
    name: "Twinset",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "twinset", targets: ["twinset"]),
        .executable(name: "twinset-train", targets: ["twinset-train"]),
    ],
    traits: [.trait(name: "Torch", description: "The trainer's networks run, on libtorch")],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        library("CFLAC", pkgConfig: "flac", apt: "libflac-dev", brew: "flac"),
        library("CSndfile", pkgConfig: "sndfile", apt: "libsndfile1-dev", brew: "libsndfile"),
        library("CSamplerate", pkgConfig: "samplerate", apt: "libsamplerate0-dev", brew: "libsamplerate"),
        library("CFFTW3", pkgConfig: "fftw3f", apt: "libfftw3-dev", brew: "fftw"),
        library("CPNG", pkgConfig: "libpng", apt: "libpng-dev", brew: "libpng"),
        .systemLibrary(name: "CWriteback"),
        .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3", "-ffp-contract=off"])]),

        module("Corpus"),
        module("ContentStore", [crypto]),
        module("Audio", ["CFLAC", "CSndfile", "CSamplerate", "CKernels"]),
        module("Features", ["CFFTW3", "CKernels"]),
        module("Scoring", ["Corpus"]),
        module("Plots", ["Scoring"]),
        module("Shards", ["Corpus", "ContentStore", "CKernels", "CWriteback"]),
        module("Manifest", ["Corpus", "ContentStore", .product(name: "GRDB", package: "GRDB.swift")]),
        module("Pipeline", ["ContentStore", "Manifest"]),
        module(
            "Stages",
            [
                "Corpus", "ContentStore", "Audio", "Features", "Shards", "Manifest", "Pipeline", "CPNG",
                crypto,
                .product(name: "Yams", package: "Yams"),
            ]),
        .target(
            name: "CTorch", cxxSettings: torchHeaders(torchHome),
            linkerSettings: torchLibraries(torchHome) + [jemalloc]),
        module("Torch", ["Corpus", "ContentStore", "CTorch"]),
        module("Training", ["Corpus", "ContentStore", "Scoring", "Plots", "Torch"]),
        .target(name: "Console", dependencies: [arguments], swiftSettings: strict),
        .executableTarget(
            name: "twinset", dependencies: ["Console", "Stages", "Shards", "Corpus", arguments],
            swiftSettings: strict),

        .executableTarget(
            name: "twinset-train",
            dependencies: [
                "Console", "Training", "Torch", "Stages", "Scoring", "Plots", "ContentStore", "Corpus",
                arguments,
            ],
            swiftSettings: strict),

        .target(
            name: "TestSupport", dependencies: ["ContentStore", "CFLAC"], path: "Tests/TestSupport",
            swiftSettings: strict),
        tests("CorpusTests", ["Corpus"]),
        tests("ContentStoreTests", ["ContentStore", "TestSupport"]),
        tests("AudioTests", ["Audio", "TestSupport"]),
        tests("FeaturesTests", ["Features", "TestSupport"], exclude: ["Golden"]),
        tests("ScoringTests", ["Scoring", "Corpus"], exclude: ["Golden"]),
        tests("PlotsTests", ["Plots", "Scoring"]),
        tests("ShardsTests", ["Shards", "TestSupport"]),
        tests("ManifestTests", ["Manifest", "TestSupport"]),
        tests("PipelineTests", ["Pipeline", "TestSupport"]),
        tests("StagesTests", ["Stages", "TestSupport"]),
        tests("TorchTests", ["Torch", "TestSupport"]),
        tests("TrainingTests", ["Training", "TestSupport"], exclude: ["Golden"]),
        tests("EndToEndTests", ["TestSupport", "twinset"], exclude: ["Golden"]),
    ],
    cxxLanguageStandard: torchHome == nil ? .cxx17 : .cxx20
)
