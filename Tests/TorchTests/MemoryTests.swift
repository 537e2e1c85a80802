#if os(Linux)
    import Foundation
    import Testing
    import Torch

    extension WithTorch {
        @Suite struct MemoryTests {
            private let elementCount = 16 << 20

            /// Pages that the system had to give to this thread so far.
            private func faultCount() -> Int {
                var usage = rusage()
                // RUSAGE_THREAD has no name in Swift.
                unsafe getrusage(__rusage_who_t(1), &usage)
                return usage.ru_minflt
            }

            @Test("the memory of a large tensor is kept for the next one")
            func kept() throws {
                let sum = {
                    let ones = try Tensor(empty: [elementCount])
                    try ones.fill { span in for index in span.indices { span[index] = 1 } }
                    return try ones.call("sum").number()
                }
                #expect(try sum() == Float(elementCount))
                let before = faultCount()
                for _ in 0..<8 { _ = try sum() }
                // Mapped anew, each has 16 384 pages.
                #expect(faultCount() - before < 1000)
            }
        }
    }
#endif
