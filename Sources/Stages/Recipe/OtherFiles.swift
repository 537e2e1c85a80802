import Foundation

/// The files and folders beside the corpora that a recipe names relative to where it is built.
enum OtherFiles {
    private static let keys = [
        ("augment", "noise"), ("augment", "responses"), ("features", "weights"), ("pairs", "embeddings"),
        ("train", "weights"),
    ]

    /// Settings that name them by whole paths, which hold wherever the build is repeated from. Lists of a split and of
    /// trials lie by the corpora or by the recipe, whose places are whole already.
    static func placed(_ root: RecipeNode) -> [String] {
        keys.compactMap { section, key in
            let found = root.entries.last { $0.key == section }?.value.entries.last { $0.key == key }
            guard case .scalar(let path, _)? = found?.value, !path.isEmpty else { return nil }
            let whole = URL(fileURLWithPath: NSString(string: path).expandingTildeInPath).path
            return whole == path ? nil : "\(section).\(key)=\(whole)"
        }
    }
}
