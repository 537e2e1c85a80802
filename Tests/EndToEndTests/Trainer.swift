import Testing

/// What the tests of the trainer's commands share.
enum Trainer {
    #if Torch
        static let hasTorch = true
    #else
        static let hasTorch = false
    #endif

    /// What a program without libtorch says.
    static let missing =
        "twinset: built without libtorch; install it by scripts/setup --with-torch and build with: swift build --traits Torch\n"

    /// The reference dataset, built and trained on with `settings`.
    static func trained(in folder: WorkFolder, _ settings: [String]) async throws -> Dataset {
        let dataset = try await Reference.fresh(in: folder)
        for verb in ["build", "train"] {
            let run = try await Twinset.run(dataset.arguments(verb, settings))
            #expect(run.status == 0, "\(run.complaint)")
        }
        return dataset
    }
}
