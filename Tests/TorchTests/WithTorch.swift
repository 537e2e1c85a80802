import Testing
import Torch

/// Everything that needs libtorch, one test after another.
@Suite(.serialized, .enabled(if: LibTorch.isAvailable, "built without libtorch: swift build --traits Torch"))
struct WithTorch {}
