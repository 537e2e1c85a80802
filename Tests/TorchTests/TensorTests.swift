import Foundation
import Testing
import Torch

extension WithTorch {
    @Suite struct TensorTests {
        @Test("floats and integers come back as they were given, with their shape")
        func roundTrip() throws {
            let matrix = try Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
            #expect(matrix.shape == [2, 3] && matrix.count == 2 && matrix.elementCount == 6)
            #expect(try matrix.floats() == [1, 2, 3, 4, 5, 6])
            let labels = try Tensor(integers: [7, -1, 1 << 40])
            #expect(labels.isInteger && !matrix.isInteger)
            #expect(try labels.integers() == [7, -1, 1 << 40])
            #expect(try Tensor(integers: [5], shape: []).shape == [])
            #expect(try Tensor([], shape: [0, 4]).floats() == [])
        }

        @Test("elements are written in place, row by row")
        func filling() throws {
            let tensor = try Tensor(empty: [2, 2])
            try tensor.fill { values in for i in 0..<4 { values[i] = Float(i * i) } }
            #expect(try tensor.floats() == [0, 1, 4, 9])
            #expect(try tensor.call("t").floats() == [0, 4, 1, 9])
        }

        @Test("arithmetic is element by element and stretches sizes of one")
        func arithmetic() throws {
            let (a, b) = (try Tensor([1, 2, 3, 4], shape: [2, 2]), try Tensor([10, 20]))
            #expect(try (a + b).floats() == [11, 22, 13, 24])
            #expect(try (a - b).floats() == [-9, -18, -7, -16])
            #expect(try (a * b).floats() == [10, 40, 30, 80])
            #expect(try (b / a).floats() == [10, 10, 10.0 / 3, 5])
            #expect(try (1 - a).floats() == [0, -1, -2, -3])
            #expect(try (a * 2 + 1 - 3).floats() == [0, 2, 4, 6])
            #expect(try a.sum(along: [1]).floats() == [3, 7])
            #expect(try a.mean(along: [0]).floats() == [2, 3])
            #expect(try a.maximum(along: [-1]).floats() == [2, 4])
            #expect(try a.length().number() == Float(30).squareRoot())
        }

        @Test("rows and columns are picked by number")
        func picking() throws {
            let a = try Tensor([1, 2, 3, 4, 5, 6], shape: [3, 2])
            #expect(try a.rows(Tensor(integers: [2, 0])).floats() == [5, 6, 1, 2])
            #expect(try a.elements(inColumns: Tensor(integers: [1, 0, 1])).floats() == [2, 3, 6])
            #expect(try Tensor.stacked([a, a]).shape == [6, 2])
        }

        @Test("the gradient of x³ is 3x², and adds up until it is cleared")
        func gradient() throws {
            let x = try Tensor([1, -2])
            #expect(try x.gradient() == nil)
            try x.requireGradient()
            for _ in 0..<2 { try (x * x * x).sum().backward() }
            #expect(try #require(try x.gradient()).floats() == [6, 24])
            try x.clearGradient()
            #expect(try x.gradient() == nil)
        }

        @Test("nothing can be differentiated inside withoutGradients, nor behind detached")
        func noGradient() throws {
            let x = try Tensor([2])
            try x.requireGradient()
            let silent = try LibTorch.withoutGradients { () throws(TorchError) in try x.squared() }
            #expect(throws: TorchError.self) { try silent.backward() }
            #expect(throws: TorchError.self) { try x.detached().squared().backward() }
            try x.squared().backward()
            #expect(try #require(try x.gradient()).floats() == [4])
        }

        @Test("a shape that does not fit is refused in one line that names the operator")
        func refusal() throws {
            let (a, b) = (try Tensor([1, 2, 3]), try Tensor([1, 2]))
            let error = #expect(throws: TorchError.self) { try a + b }
            #expect(error?.message.contains("refuses add") == true)
            #expect(error?.message.contains("\n") == false)
            #expect(throws: TorchError.self) { try a.call("no_such_operator") }
            #expect(throws: TorchError.self) { try a.call("conv2d") }
            #expect(throws: TorchError.self) { try a.call("relu", 1, 2, 3) }
        }

        @Test("dropout is the same for the same seed, and nothing in evaluation")
        func dropout() throws {
            let x = try Tensor([Float](repeating: 1, count: 100))
            #expect(try x.droppedOut(0.5, .evaluation).floats() == x.floats())
            var masks: [[Float]] = []
            for seed: UInt64 in [1, 1, 2] {
                try LibTorch.seed(seed)
                masks.append(try x.droppedOut(0.5, .training).floats())
            }
            #expect(masks[0] == masks[1] && masks[0] != masks[2])
            #expect(Set(masks[0]) == [0, 2])
        }

        @Test("whole channels are dropped, each for itself")
        func channels() throws {
            let x = try Tensor([Float](repeating: 1, count: 8 * 16 * 3), shape: [8, 16, 3])
            try LibTorch.seed(3)
            let kept = try x.channelsDroppedOut(0.2, .training).floats()
            for channel in 0..<8 * 16 { #expect(Set(kept[channel * 3..<channel * 3 + 3]).count == 1) }
            #expect(Set(kept) == [0, 1.25])
        }

        @Test("what another thread seeds and draws meanwhile changes nothing")
        func threads() throws {
            let x = try Tensor([Float](repeating: 1, count: 1000))
            let masks = {
                try LibTorch.seed(7)
                return try (0..<50).map { _ in try x.droppedOut(0.5, .training).floats() }
            }
            let alone = try masks()
            let other = Thread {
                while !Thread.current.isCancelled {
                    try? LibTorch.seed(1)
                    _ = try? Tensor([Float](repeating: 1, count: 10)).droppedOut(0.5, .training)
                }
            }
            other.start()
            defer { other.cancel() }
            for _ in 0..<20 { #expect(try masks() == alone) }
        }
    }
}
