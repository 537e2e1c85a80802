import ContentStore
import Manifest

/// The certificate of a recipe's last build, with the names it goes by.
package struct IssuedCertificate: Encodable, Sendable {
    package let recipe: String
    /// The digest that names the dataset.
    package let dataset: String
    package let certificate: Certificate
    /// The artifact that holds it.
    package let path: String

    /// Reads it; the recipe must have been built in the workspace.
    package init(recipe: Recipe, workspace: Workspace) throws {
        let opened = try workspace.openExisting()
        guard let build = try opened.ledger.lastBuild(of: recipe.name) else {
            throw StageError.usage(
                "recipe '\(recipe.name)' was not built in \(workspace.path) yet; run 'twinset build' first")
        }
        let entries = try Inventory(opened.database).entries(stage: "certificate")
        guard let entry = entries.first(where: { $0.builds.contains(build.number) }) else {
            throw StageError.usage(
                "the last build of '\(recipe.name)' in \(workspace.path) has no certificate; run 'twinset build' again"
            )
        }
        let file = try opened.store.read(entry.digest)
        self.recipe = recipe.name
        dataset = build.dataset.hex
        certificate = try Certificate(file)
        path = file.path
    }

    /// The table under its names.
    package var text: String { "recipe   \(recipe)\ndataset  \(dataset)\n\n\(certificate.table())" }
}
