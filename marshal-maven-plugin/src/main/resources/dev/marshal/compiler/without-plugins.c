// SPDX-License-Identifier: Apache-2.0
/*
 * Stands before a program of binutils that reads objects. That looks for plugins in ../lib/bfd-plugins beside the place that it was found in by PATH, and
 * loads them for each object that it reads: where LLVM's is installed, with all of LLVM, ten times as long as the rest takes. Found here, it finds none;
 * they would be of use for objects of link-time optimization alone.
 *
 * PROGRAM: the program's path.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int count, char **words)
{
	(void)count;
	execv(PROGRAM, words);
	fprintf(stderr, "%s: %s\n", PROGRAM, strerror(errno));
	return 127;
}
