internal import CKernels

/// Runs the network for one worker. The weights are shared; scratch is made here, once.
///
/// The bits of an embedding depend on its patch and the weights alone: not on the CPU, nor on which patches come with
/// it.
package struct VGGishEmbedder {
    package let network: VGGishNetwork
    private let product: MatrixProduct
    private var scratch: Scratch

    /// Patches that go through the dense layers at once: their weights are read from memory once for so many.
    private static let batchCount = 16
    /// Pixels whose neighborhoods are laid out at once.
    private static let pixelCount = 384

    private struct Scratch {
        var image: [Float] = []
        var next: [Float] = []
        var columns: [Float] = []
        var batch: [Float] = []
        var hidden: [Float] = []
    }

    package init(_ network: VGGishNetwork) {
        self.network = network
        product = MatrixProduct(level: network.level)
        var pixels = VGGishNetwork.patchCount
        var (image, columns) = (pixels, 0)
        for (layer, halves) in network.convolutions {
            image = max(image, pixels * layer.outputCount)
            columns = max(columns, min(pixels, VGGishEmbedder.pixelCount) * layer.inputCount)
            if halves { pixels /= 4 }
        }
        let widest = network.dense.map { max($0.inputCount, $0.outputCount) }.max() ?? 0
        let batch = [Float](repeating: 0, count: VGGishEmbedder.batchCount * widest)
        scratch = Scratch(
            image: [Float](repeating: 0, count: image), next: [Float](repeating: 0, count: image),
            columns: [Float](repeating: 0, count: columns), batch: batch, hidden: batch)
    }

    /// - Parameters:
    ///   - patches: [n × 96 × 64] log-mel values, frame after frame.
    ///   - embeddings: [n × embeddingCount].
    package mutating func embed(_ patches: Span<Float>, into embeddings: inout MutableSpan<Float>) {
        let count = patches.count / VGGishNetwork.patchCount
        precondition(
            patches.count == count * VGGishNetwork.patchCount
                && embeddings.count == count * network.embeddingCount,
            "embed: \(patches.count) values of patches into \(embeddings.count) of embeddings")
        var scratch = exchange(&self.scratch, with: Scratch())
        for first in stride(from: 0, to: count, by: VGGishEmbedder.batchCount) {
            let number = min(count - first, VGGishEmbedder.batchCount)
            for index in 0..<number {
                let start = (first + index) * VGGishNetwork.patchCount
                convolve(
                    patches.extracting(start..<start + VGGishNetwork.patchCount), &scratch, index: index)
            }
            connect(number, &scratch)
            for index in 0..<number * network.embeddingCount {
                embeddings[first * network.embeddingCount + index] = scratch.batch[index]
            }
        }
        self.scratch = scratch
    }

    /// A patch through the convolutions; the result is row `index` of the batch.
    private func convolve(_ patch: Span<Float>, _ scratch: inout Scratch, index: Int) {
        for place in 0..<patch.count { scratch.image[place] = patch[place] }
        var (height, width, channels) = (VGGishNetwork.patchFrameCount, VGGishNetwork.patchMelCount, 1)
        for (layer, halves) in network.convolutions {
            convolve(layer, height, width, channels, &scratch)
            channels = layer.outputCount
            if halves {
                let image = scratch.next
                VGGishEmbedder.halve(image.span, height, width, channels, into: &scratch.image)
                (height, width) = (height / 2, width / 2)
            } else {
                swap(&scratch.image, &scratch.next)
            }
        }
        let count = height * width * channels
        for place in 0..<count { scratch.batch[index * count + place] = scratch.image[place] }
    }

    /// One convolution with max(0, x), from `image` into `next`, some rows at a time.
    private func convolve(
        _ layer: VGGishLayer, _ height: Int, _ width: Int, _ channels: Int, _ scratch: inout Scratch
    ) {
        let rows = VGGishEmbedder.pixelCount / width
        for first in stride(from: 0, to: height, by: rows) {
            let count = min(rows, height - first)
            unsafe scratch.image.withUnsafeBufferPointer { image in
                unsafe scratch.columns.withUnsafeMutableBufferPointer { columns in
                    guard let from = image.baseAddress, let to = columns.baseAddress else { return }
                    unsafe ck_neighborhoods(from, height, width, channels, first, count, to)
                }
            }
            let pixels = count * width
            let start = first * width * layer.outputCount
            let columns = scratch.columns
            multiply(
                columns.span.extracting(0..<pixels * layer.inputCount), layer,
                into: &scratch.next, at: start, rectifies: true)
        }
    }

    /// A layer's outputs for every row of `rows`, to `output` from `start` on.
    private func multiply(
        _ rows: Span<Float>, _ layer: VGGishLayer, into output: inout [Float], at start: Int, rectifies: Bool
    ) {
        let count = rows.count / layer.inputCount
        unsafe output.withUnsafeMutableBufferPointer { all in
            let part = unsafe UnsafeMutableBufferPointer(
                rebasing: all[start..<start + count * layer.outputCount])
            var span = unsafe part.mutableSpan
            product.multiply(rows, by: layer.weights, into: &span)
            product.add(layer.bias.span, toRows: count, of: &span, rectifies: rectifies)
        }
    }

    private static func halve(
        _ image: Span<Float>, _ height: Int, _ width: Int, _ channels: Int, into halved: inout [Float]
    ) {
        unsafe image.withUnsafeBufferPointer { image in
            unsafe halved.withUnsafeMutableBufferPointer { halved in
                guard let from = image.baseAddress, let to = halved.baseAddress else { return }
                unsafe ck_halve_by_maximum(from, height, width, channels, to)
            }
        }
    }

    /// The batch through the dense layers and what follows them, in place.
    private func connect(_ count: Int, _ scratch: inout Scratch) {
        for (number, layer) in network.dense.enumerated() {
            let isLast = number + 1 == network.dense.count
            let rows = scratch.batch
            multiply(
                rows.span.extracting(0..<count * layer.inputCount), layer, into: &scratch.hidden,
                at: 0, rectifies: !isLast || network.rectifies)
            swap(&scratch.batch, &scratch.hidden)
        }
        guard let postprocessor = network.postprocessor else { return }
        let used = count * network.embeddingCount
        var centered = scratch.batch.mutableSpan
        product.add(postprocessor.negativeMeans.span, toRows: count, of: &centered)
        let rows = scratch.batch
        var output = scratch.hidden.mutableSpan
        product.multiply(rows.span.extracting(0..<used), by: postprocessor.components, into: &output)
        for index in 0..<used { output[index] = VGGishPostprocessor.quantized(output[index]) }
        swap(&scratch.batch, &scratch.hidden)
    }
}
