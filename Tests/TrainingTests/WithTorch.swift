import Testing
import Torch

/// Everything that needs libtorch, one test after another on one thread, as sums depend on the number of threads.
@Suite(.serialized, .enabled(if: LibTorch.isAvailable, "built without libtorch: swift build --traits Torch"))
struct WithTorch {}
