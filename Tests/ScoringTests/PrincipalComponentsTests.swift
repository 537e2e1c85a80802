import Corpus
import Testing

@testable import Scoring

/// Tolerance: 1e-9 of the values' size. Eigenvectors are found to 1e-12 over the gap between variances.
struct PrincipalComponentsTests {
    @Test(
        "components, variances and coordinates equal scikit-learn's PCA and numpy's eigvalsh, signs included",
        arguments: try ScoringGolden.load().components)
    func golden(_ golden: ScoringGolden.Components) throws {
        let rows = try EmbeddingRows(golden.values, width: golden.width)
        let found = try PrincipalComponents(rows, count: golden.components.count)
        let isNear: (Double, Double) -> Bool = { ScoreGoldenTests.isNear($0, $1, 1e-9) }
        #expect(zip(found.mean, golden.mean).allSatisfy(isNear))
        #expect(found.variances.count == golden.variances.count)
        #expect(zip(found.variances, golden.variances).allSatisfy(isNear))
        #expect(zip(found.components.joined(), golden.components.joined()).allSatisfy(isNear))
        #expect(zip(found.project(rows).joined(), golden.projected.joined()).allSatisfy(isNear))
        #expect(isNear(found.explainedShare, golden.explainedShare))
    }

    @Test("components are orthonormal, also where nothing varies or directions are equal")
    func degenerate() throws {
        let flat = try EmbeddingRows([Float](repeating: 2, count: 15), width: 5)
        let cross = try EmbeddingRows([1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1], width: 3)
        for rows in [flat, cross] {
            let found = try PrincipalComponents(rows)
            #expect(found.components.count == 2)
            for i in 0..<2 {
                for j in 0..<2 {
                    let product = zip(found.components[i], found.components[j]).reduce(0) { $0 + $1.0 * $1.1 }
                    #expect(abs(product - (i == j ? 1 : 0)) < 1e-12)
                }
            }
        }
        #expect(try PrincipalComponents(flat).variances == [0, 0])
        #expect(try PrincipalComponents(flat).explainedShare == 0)
        #expect(try abs(PrincipalComponents(cross).explainedShare - 2.0 / 3) < 1e-12)
    }

    @Test("the same rows give the same bits, and one row is refused")
    func deterministic() throws {
        let random = KeyedRandom(seed: 2, domain: "test.components")
        let rows = try EmbeddingRows((0..<640).map { Float(random.unit($0)) }, width: 32)
        let (one, other) = (try PrincipalComponents(rows), try PrincipalComponents(rows))
        #expect(one.components == other.components && one.variances == other.variances)
        #expect(throws: ScoringError("there are 1 embeddings; principal components need at least 2")) {
            try PrincipalComponents(EmbeddingRows([1, 2], width: 2))
        }
    }
}
