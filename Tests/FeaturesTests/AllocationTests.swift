#if os(Linux)
    import Features
    import Foundation
    import Testing

    /// Counts every malloc of a process of its own, which glibc's allocation trace (`mtrace`) writes down: the test
    /// starts its own executable again with the tracing allocator, for the one test of `TracedExtraction`.
    @Suite("allocations", .enabled(if: AllocationTrace.isAvailable)) struct AllocationTests {
        @Test("10 frames and 10 000 frames allocate alike", arguments: [512, 400])
        func perFrame(fftSize: Int) throws {
            let few = try AllocationTrace.count(frames: 10, fftSize: fftSize)
            let many = try AllocationTrace.count(frames: 10_000, fftSize: fftSize)
            // A few may come from other threads of the test runner; one per block of 16 frames would be 625.
            #expect(abs(many - few) < 50, "\(few) and \(many)")
        }

        @Test("the trace sees an array per frame") func control() throws {
            #expect(try AllocationTrace.count(frames: -200, fftSize: 512) >= 200)
        }
    }

    /// What runs in the traced process.
    @Suite("traced extraction", .enabled(if: AllocationTrace.job != nil)) struct TracedExtraction {
        @Test("extracts between mtrace and muntrace") func run() throws {
            guard let job = AllocationTrace.job else { return }
            let frames = abs(job.frames)
            var extractor = try FbankExtractor(GoldenTests.psf(fftSize: job.fftSize))
            let waveform = (0..<frames * 160 + 400).map {
                GoldenSignal.samples[$0 % GoldenSignal.sampleCount]
            }
            var output = [Float](repeating: 0, count: frames * extractor.coefficientCount)
            var span = output.mutableSpan
            extractor.extract(waveform.span, firstFrame: 0, frameCount: frames, into: &span)
            AllocationTrace.start()
            if job.frames > 0 {
                extractor.extract(waveform.span, firstFrame: 0, frameCount: frames, into: &span)
            } else {
                for i in 0..<frames { span[i] = [Float](repeating: span[i], count: 40 + i % 5).last ?? 0 }
            }
            AllocationTrace.end()
        }
    }

    // Linked rather than looked up, because the library's symbols have a version that only the linker asks for.
    @_silgen_name("mtrace") private func startTrace()
    @_silgen_name("muntrace") private func endTrace()

    enum AllocationTrace {
        private static let library = "libc_malloc_debug.so.0"
        private static let variable = "TWINSET_TRACED_EXTRACTION"

        /// Not inside the traced process itself, and only where glibc's tracing allocator is installed.
        static var isAvailable: Bool {
            guard job == nil, let handle = unsafe dlopen(library, RTLD_LAZY | RTLD_LOCAL) else {
                return false
            }
            return unsafe dlclose(handle) == 0
        }

        static var job: (frames: Int, fftSize: Int)? {
            let parts = ProcessInfo.processInfo.environment[variable]?.split(separator: ",").compactMap {
                Int($0)
            }
            guard let parts, parts.count == 2 else { return nil }
            return (parts[0], parts[1])
        }

        static func start() { startTrace() }
        static func end() { endTrace() }

        /// Allocations of a process that extracts so many frames.
        static func count(frames: Int, fftSize: Int) throws -> Int {
            let file = FileManager.default.temporaryDirectory.appending(path: "trace-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: file) }
            let process = Process()
            process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            process.arguments = ["--testing-library", "swift-testing", "--filter", "TracedExtraction"]
            process.environment = ProcessInfo.processInfo.environment.merging(
                [variable: "\(frames),\(fftSize)", "LD_PRELOAD": library, "MALLOC_TRACE": file.path]
            ) { $1 }
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            // A line is "@ object:(function+offset)[address] + 0x55d0 0x20" for an allocation, "- 0x55d0" for its end.
            let trace = try String(contentsOf: file, encoding: .utf8)
            #expect(trace.hasPrefix("= Start"))
            return trace.split(separator: "\n").count { $0.contains(" + 0x") }
        }
    }
#endif
