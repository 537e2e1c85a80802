#pragma once

/// Calls of Linux that its C library shows to programs with _GNU_SOURCE alone, which Swift's module of it is built without.

#if defined(__linux__)
int sync_file_range(int descriptor, long offset, long count, unsigned int flags);
int syncfs(int descriptor);
#else
void sync(void);
#endif

/// Has the disk begin with bytes of a file that were written, and does not wait for it. Where the system has no such call,
/// nothing happens: the bytes go to disk when the file is synchronized.
static inline void cw_begin(int descriptor, long offset, long count) {
#if defined(__linux__) && defined(__LP64__)
    (void)sync_file_range(descriptor, offset, count, 2 /* SYNC_FILE_RANGE_WRITE */);
#endif
}

/// Waits until everything that was written to the file system of `descriptor` is on disk; 0, or -1 with errno.
static inline int cw_synchronize_all(int descriptor) {
#if defined(__linux__)
    return syncfs(descriptor);
#else
    sync();
    return 0;
#endif
}
