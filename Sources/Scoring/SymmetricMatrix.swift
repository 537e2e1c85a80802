import Corpus

/// A symmetric matrix in full storage, row by row.
struct SymmetricMatrix {
    let size: Int
    private(set) var values: [Double]

    init(size: Int) {
        self.size = size
        values = [Double](repeating: 0, count: size * size)
    }

    /// The covariance of rows around their mean, divided by rows − 1.
    init(covarianceOf rows: EmbeddingRows, mean: [Double]) {
        self.init(size: rows.width)
        var centered = [Double](repeating: 0, count: size)
        for index in 0..<rows.count {
            for k in 0..<size { centered[k] = Double(rows.values[index * size + k]) - mean[k] }
            addProduct(centered.span)
        }
        let scale = 1 / Double(rows.count - 1)
        for i in 0..<size {
            for j in i..<size { self[i, j] = self[i, j] * scale }
        }
    }

    /// Adds v·vᵀ to the upper half.
    private mutating func addProduct(_ vector: Span<Double>) {
        let size = size
        var matrix = values.mutableSpan
        for i in 0..<size {
            let (factor, row) = (vector[i], i * size)
            for j in i..<size { matrix[row + j] += factor * vector[j] }
        }
    }

    /// Setting one entry sets its mirror image.
    subscript(i: Int, j: Int) -> Double {
        get { values[i * size + j] }
        set {
            values[i * size + j] = newValue
            values[j * size + i] = newValue
        }
    }

    func times(_ vector: [Double]) -> [Double] {
        let (matrix, x) = (values.span, vector.span)
        var product = [Double](repeating: 0, count: size)
        for i in 0..<size {
            var sum = 0.0
            for j in 0..<size { sum += matrix[i * size + j] * x[j] }
            product[i] = sum
        }
        return product
    }

    /// Eigenvalues, descending, and eigenvectors, by cyclic Jacobi rotations (W. H. Press et al., "Numerical
    /// Recipes", section 11.1). For small matrices.
    func eigenvectors() -> (values: [Double], vectors: [[Double]]) {
        var matrix = self
        var vectors = (0..<size).map { i in (0..<size).map { $0 == i ? 1.0 : 0 } }
        for _ in 0..<60 {
            var rest = 0.0
            for i in 0..<size { for j in 0..<i { rest += abs(matrix[i, j]) } }
            if rest == 0 { break }
            for p in 0..<size { for q in p + 1..<max(size, p + 1) { matrix.rotate(p, q, &vectors) } }
        }
        let order = (0..<size).sorted { (matrix[$0, $0], $1) > (matrix[$1, $1], $0) }
        return (order.map { matrix[$0, $0] }, order.map { vectors[$0] })
    }

    /// Makes entry (p, q) zero; `vectors` holds the eigenvectors as rows.
    private mutating func rotate(_ p: Int, _ q: Int, _ vectors: inout [[Double]]) {
        let entry = self[p, q]
        // What is lost beside both diagonal entries is zero.
        let isLost = [self[p, p], self[q, q]].allSatisfy { abs($0) + abs(entry) * 0x1p7 == abs($0) }
        if isLost || abs(entry) <= 1e-290 {
            self[p, q] = 0
            return
        }
        let theta = (self[q, q] - self[p, p]) / (2 * entry)
        let tangent = (theta < 0 ? -1.0 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
        let cosine = 1 / (tangent * tangent + 1).squareRoot()
        let sine = tangent * cosine
        let (pp, qq) = (self[p, p] - tangent * entry, self[q, q] + tangent * entry)
        for k in 0..<size where k != p && k != q {
            let (a, b) = (self[k, p], self[k, q])
            self[k, p] = cosine * a - sine * b
            self[k, q] = sine * a + cosine * b
        }
        (self[p, p], self[q, q], self[p, q]) = (pp, qq, 0)
        for k in 0..<size {
            let (a, b) = (vectors[p][k], vectors[q][k])
            vectors[p][k] = cosine * a - sine * b
            vectors[q][k] = sine * a + cosine * b
        }
    }
}

extension SymmetricMatrix {
    /// How many vectors more than asked for are iterated: convergence is then by λ(count + 8) / λ(count), which is
    /// small even where neighbors are close.
    private static let extraCount = 8
    private static let roundLimit = 2000

    /// The `count` largest eigenvalues of a matrix without negative ones, and their eigenvectors.
    func leadingEigenvectors(_ count: Int) -> (values: [Double], vectors: [[Double]]) {
        let blockSize = min(count + SymmetricMatrix.extraCount, size)
        let random = KeyedRandom(seed: 0, domain: "scoring.principal-components")
        let start = (0..<blockSize).map { i in
            (0..<size).map { random.unit(UInt64(i), UInt64($0)) - 0.5 }
        }
        var found = ritz(SymmetricMatrix.orthonormal(start))
        for _ in 0..<SymmetricMatrix.roundLimit {
            let worst = (0..<count).map { residual(found.values[$0], found.vectors[$0], found.images[$0]) }
                .max()
            if worst ?? 0 <= 1e-12 * abs(found.values[0]) { break }
            found = ritz(SymmetricMatrix.orthonormal(found.images))
        }
        return (found.values.prefix(count).map { max($0, 0) }, Array(found.vectors.prefix(count)))
    }

    /// ‖Av − λv‖.
    private func residual(_ value: Double, _ vector: [Double], _ image: [Double]) -> Double {
        vector.indices.reduce(0.0) { sum, k in
            let difference = image[k] - value * vector[k]
            return sum + difference * difference
        }.squareRoot()
    }

    /// The eigenvalues and eigenvectors of the matrix within the space of an orthonormal basis, and A · each vector.
    private func ritz(_ basis: [[Double]]) -> (values: [Double], vectors: [[Double]], images: [[Double]]) {
        let images = basis.map(times)
        var small = SymmetricMatrix(size: basis.count)
        for i in basis.indices {
            for j in i..<basis.count { small[i, j] = SymmetricMatrix.dot(basis[i], images[j]) }
        }
        let (values, rotations) = small.eigenvectors()
        return (
            values, rotations.map { SymmetricMatrix.mix(basis, $0) },
            rotations.map { SymmetricMatrix.mix(images, $0) }
        )
    }

    private static func mix(_ vectors: [[Double]], _ weights: [Double]) -> [Double] {
        var sum = [Double](repeating: 0, count: vectors[0].count)
        for (vector, weight) in zip(vectors, weights) {
            for k in sum.indices { sum[k] += weight * vector[k] }
        }
        return sum
    }

    private static func dot(_ a: [Double], _ b: [Double]) -> Double {
        a.indices.reduce(0) { $0 + a[$1] * b[$1] }
    }

    /// Gram–Schmidt, twice, which is enough (W. Kahan's rule). A vector that vanishes gives way to the first unit vector
    /// that does not.
    private static func orthonormal(_ vectors: [[Double]]) -> [[Double]] {
        var basis: [[Double]] = []
        let size = vectors[0].count
        for vector in vectors {
            var candidate = vector
            var unit = 0
            while true {
                let before = dot(candidate, candidate).squareRoot()
                for _ in 0..<2 { candidate = less(candidate, basis) }
                let after = dot(candidate, candidate).squareRoot()
                if after > before * 1e-10, after > 1e-290 {
                    basis.append(candidate.map { $0 / after })
                    break
                }
                candidate = (0..<size).map { $0 == unit ? 1 : 0 }
                unit += 1
            }
        }
        return basis
    }

    /// A vector without its parts along a basis.
    private static func less(_ vector: [Double], _ basis: [[Double]]) -> [Double] {
        var rest = vector
        for direction in basis {
            let part = dot(rest, direction)
            for k in rest.indices { rest[k] -= part * direction[k] }
        }
        return rest
    }
}
