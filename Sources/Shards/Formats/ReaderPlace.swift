/// What the programs that load an export have in common.
enum ReaderPlace {
    /// `place()`: which part of the rows a reader takes. The environment speaks where workers are new processes, which do
    /// not know of their parent's process group.
    static let function = """
        def place():
            \"""This reader's number and how many there are, over all ranks and workers.\"""
            rank, ranks = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
            if torch.distributed.is_available() and torch.distributed.is_initialized():
                rank, ranks = torch.distributed.get_rank(), torch.distributed.get_world_size()
            info = torch.utils.data.get_worker_info()
            worker, workers = (info.id, info.num_workers) if info else (0, 1)
            return rank * workers + worker, ranks * workers
        """
}
