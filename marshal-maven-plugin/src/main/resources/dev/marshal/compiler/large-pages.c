// SPDX-License-Identifier: Apache-2.0
/*
 * Loaded into the cross compiler before its other libraries. What it asks the system for in pieces of 1 MiB and more, where it keeps all that it knows of
 * a source file, it gets in pages of 2 MiB where the system has them for those who ask (Documentation/admin-guide/mm/transhuge.rst of Linux: madvise),
 * instead of 4 KiB at a time, each with a page fault of its own: some 10 000 in one file of a kernel.
 */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#if __SIZEOF_LONG__ != 8
#error "mmap is another system call here"
#endif

enum { LARGE = 1 << 20 };

void *mmap(void *address, size_t length, int protection, int flags, int file, off_t offset)
{
	void *memory = (void *)syscall(SYS_mmap, address, length, protection, flags, file, offset);

	if (memory != MAP_FAILED && (flags & MAP_ANONYMOUS) && (flags & MAP_PRIVATE) && length >= LARGE)
		madvise(memory, length, MADV_HUGEPAGE); /* a wish: without it all is as before */
	return memory;
}

void *mmap64(void *address, size_t length, int protection, int flags, int file, off_t offset)
{
	return mmap(address, length, protection, flags, file, offset);
}
