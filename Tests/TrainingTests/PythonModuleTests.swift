import Foundation
import Testing

@testable import Training

/// The checked-in modules are those from which `scripts/golden-networks` computes its values: that they are equal, and
/// that the parity tests pass, proves that a PyTorch user who loads our weights into them computes what we compute.
@Suite struct PythonModuleTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Golden")

    @Test(
        "the Python module of a network is the one that the golden values were made with",
        arguments: NetworkCase.all)
    func modules(_ example: NetworkCase) throws {
        let file = Self.folder.appendingPathComponent(example.name + ".py")
        let module = example.blueprint.pythonModule
        // After a change: TWINSET_WRITE_GOLDEN=1 swift test --filter PythonModuleTests; scripts/golden-networks
        if ProcessInfo.processInfo.environment["TWINSET_WRITE_GOLDEN"] != nil {
            try module.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(module == (try String(contentsOf: file, encoding: .utf8)))
    }

    @Test("a module states the network's own sizes")
    func sizes() {
        let fbankNet = NetworkBlueprint.fbankNet(.init(classCount: 251)).pythonModule
        #expect(fbankNet.contains("classes=251, filters=32"))
        let dropout = NetworkBlueprint.spectrogramNet(.init(.twoClasses, dropout: 0.3)).pythonModule
        #expect(dropout.contains("nn.Linear(412232, 512)") && dropout.contains("0.3, self.training"))
    }
}

extension WithTorch {
    @Suite struct PythonShapeTests {
        @Test("a module traces examples of the shape that the network takes", arguments: NetworkCase.all)
        func shapes(_ example: NetworkCase) throws {
            let network = try example.blueprint.make(seed: 1, device: .cpu)
            let shape = network.exampleShape.map(String.init).joined(separator: ", ")
            #expect(example.blueprint.pythonModule.contains("torch.zeros(2, \(shape))"))
        }
    }
}
