import ContentStore
import Manifest

/// Makes damaged artifacts again, from the sources, by the builds that need them.
package struct Repair: Sendable {
    package struct Report: Codable, Sendable {
        /// Damaged artifacts that are whole again.
        package var repaired: [Digest] = []
        /// Those that no last build of a recipe needs: removed, as nothing makes them any more.
        package var removed: [Digest] = []
        package var ranCount = 0
    }

    package let check: StoreCheck

    package init(check: StoreCheck) { self.check = check }

    /// Removes what is damaged and runs the last build of every recipe again. What was recorded stays recorded, so
    /// what is made again must have the same digest. `onWait` is told who else holds the workspace, if anybody does.
    package func run(
        _ found: StoreCheck.Report, onWait: @Sendable (String) -> Void = { _ in }
    ) async throws -> Report {
        let opened = try check.workspace.openExisting()
        // Everything that can refuse comes before anything is removed.
        var recipes: [String: Recipe] = [:]
        for build in try opened.ledger.builds() where recipes[build.recipe] == nil {
            let origin = try CanonicalJSON.decode(Recipe.Origin.self, from: build.parameters)
            recipes[build.recipe] = try RecipeReader.read(origin)
        }
        // A corpus that is gone refuses too: the sources are looked for first.
        for request in recipes.values.flatMap(\.corpora) {
            _ = try CorpusReader(request: request).read(unknownSpeakers: .accept)
        }
        var report = Report()
        try check.removeDamaged(found, onWait: onWait)
        for (_, recipe) in recipes.sorted(by: { $0.key < $1.key }) {
            let builder = DatasetBuilder(recipe: recipe, workspace: check.workspace, jobs: check.jobs)
            report.ranCount += try await builder.build(onWait: onWait).tasks.ran
        }
        let lost = found.damage.map(\.digest).filter { opened.store.byteCount(of: $0) == nil }
        report.repaired = found.damage.map(\.digest).filter { !lost.contains($0) }
        report.removed = lost
        try await ManifestWriter(opened.database).forget(artifacts: lost)
        return report
    }
}
