/// What the programs that load an export have in common.
enum ReaderPlace {
    /// `Reader`: which part of the rows a reader takes. Its rank goes along to workers that are new processes, which know
    /// nothing of their parent's process group; where there is none, the environment speaks.
    static let program = """
        class Reader:
            \"""One of the readers among whom rows are divided: those of all ranks and their workers.\"""

            rank = None

            def __getstate__(self):
                return {**self.__dict__, "rank": Reader.of_process()}

            @staticmethod
            def of_process():
                if torch.distributed.is_available() and torch.distributed.is_initialized():
                    return torch.distributed.get_rank(), torch.distributed.get_world_size()
                return int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))

            def place(self):
                \"""This reader's number and how many there are.\"""
                rank, ranks = self.rank or Reader.of_process()
                info = torch.utils.data.get_worker_info()
                worker, workers = (info.id, info.num_workers) if info else (0, 1)
                return rank * workers + worker, ranks * workers
        """
}
