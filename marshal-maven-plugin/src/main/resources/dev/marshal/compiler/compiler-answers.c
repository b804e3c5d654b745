// SPDX-License-Identifier: Apache-2.0
/*
 * Stands before the cross compiler where the kernel's makefiles and its Kconfig ask it what it can do: try-run and cc-option of
 * scripts/Makefile.compiler and scripts/Kconfig.include compile /dev/null with the option in question, some two hundred times in the build of one
 * kernel; others, as scripts/cc-can-link.sh, compile and link a few lines that come by standard input. What the compiler answered (its exit, what it printed, what it wrote) is kept and given again. Whatever else it is called for, it does itself.
 *
 * COMPILER: the compiler's path. ANSWERS: the folder that answers are kept in; the program's caller chooses another for another compiler. LARGE_PAGES, if
 * defined: a library to load into the compiler.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 1 << 16 };

/* What stands at the beginning of a kept answer; the bytes of its four parts follow. */
struct answer {
	int32_t exit;
	uint32_t lengths[4];
};
enum { QUESTION, PRINTED, COMPLAINED, WRITTEN };
/* Where code comes from. */
enum { NOWHERE, NULL_DEVICE, INPUT };

struct text {
	char bytes[MOST];
	size_t length;
};

static struct text parts[4], input;
/* The argument after -o: another one for each question, and no part of it. What is only preprocessed may have none, and is printed. */
static const char *output;

static bool starts(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* Has no meaning for what has no files of its own; differs from folder to folder. */
static bool prefix_map(const char *word)
{
	return starts(word, "-ffile-prefix-map=") || starts(word, "-fmacro-prefix-map=") || starts(word, "-fdebug-prefix-map=");
}

/* Whether an option neither names a file to read nor makes another than the one after -o. */
static bool plain(const char *word)
{
	static const char *const files[] = {"-fplugin", "-fprofile", "-fauto-profile", "-fbranch-probabilities", "-ftest-coverage", "-fstack-usage", "-fdump", "-fsave",
					    "-fcallgraph-info", "-fopt-info", "-fcompare-debug", "-fdebug", "-fworking-directory", "-Wp,", "-Wl,", NULL};
	static const char *const words[] = {"-c", "-S", "-E", "-P", "-w", "-nostdinc", "-nostdlib", "-pipe", "-ansi", "-undef", "-xc", "-static", NULL};
	static const char *const families[] = {"-W", "-f", "-m", "-D", "-U", "-O", "-std=", "-pedantic", "--param=", NULL};

	if (strchr(word, '/'))
		return false;
	if (!strcmp(word, "-Wl,--fatal-warnings"))
		return true;
	for (int i = 0; files[i]; i++)
		if (starts(word, files[i]))
			return false;
	if (starts(word, "-Wa,"))
		return !strcmp(word, "-Wa,--version") || !strcmp(word, "-Wa,--fatal-warnings") || (starts(word, "-Wa,-m") && !strchr(word + 4, ','));
	for (int i = 0; words[i]; i++)
		if (!strcmp(word, words[i]))
			return true;
	for (int i = 0; families[i]; i++)
		if (starts(word, families[i]))
			return true;
	return false;
}

static bool add(struct text *to, const char *bytes, size_t length)
{
	if (length > MOST - to->length)
		return false;
	memcpy(to->bytes + to->length, bytes, length);
	to->length += length;
	return true;
}

static bool write_all(int file, const char *bytes, size_t length)
{
	while (length) {
		ssize_t written = write(file, bytes, length);

		if (written < 0 && errno != EINTR)
			return false;
		if (written > 0) {
			bytes += written;
			length -= written;
		}
	}
	return true;
}

/* False if the file does not hold that many bytes more. */
static bool read_all(int file, char *bytes, size_t length)
{
	while (length) {
		ssize_t got = read(file, bytes, length);

		if (got == 0 || (got < 0 && errno != EINTR))
			return false;
		if (got > 0) {
			bytes += got;
			length -= got;
		}
	}
	return true;
}

/* All of a file, if it is not too long to be kept. */
static bool read_text(int file, struct text *to)
{
	struct stat about;

	if (file < 0 || fstat(file, &about) || about.st_size > MOST || lseek(file, 0, SEEK_SET))
		return false;
	to->length = about.st_size;
	return read_all(file, to->bytes, to->length);
}

/*
 * Reads standard input, if that is a pipe or a file, and puts what was read in its place for the compiler. False if it is too long to be kept, or cannot
 * be read.
 */
static bool take_input(void)
{
	struct stat about;
	char bytes[4096];
	ssize_t got;
	bool whole;
	int file;

	if (fstat(0, &about) || (!S_ISFIFO(about.st_mode) && !S_ISREG(about.st_mode)))
		return false;
	file = memfd_create("input", MFD_CLOEXEC);
	if (file < 0)
		return false;
	while ((got = read(0, bytes, sizeof bytes)) > 0 || (got < 0 && errno == EINTR))
		if (got > 0 && !write_all(file, bytes, got)) {
			fprintf(stderr, "%s: standard input: %s\n", COMPILER, strerror(errno));
			exit(127);
		}
	dup2(file, 0);
	whole = read_text(file, &input);
	return lseek(0, 0, SEEK_SET) == 0 && whole;
}

/* Whether code is always the same, and reads no files but the system's headers, which belong to the compiler. */
static bool always_the_same(const struct text *code)
{
	static const char *const others[] = {"incbin", "import", "embed", "include_next", "__DATE__", "__TIME", NULL};
	static const char include[] = "include";
	const char *end = code->bytes + code->length, *at = code->bytes;

	for (int i = 0; others[i]; i++)
		if (memmem(code->bytes, code->length, others[i], strlen(others[i])))
			return false;
	while ((at = memmem(at, end - at, include, strlen(include)))) {
		const char *after = at + strlen(include);

		while (after < end && *after == ' ')
			after++;
		if (at == code->bytes || at[-1] != '#' || after == end || *after != '<')
			return false;
		at = after;
	}
	return true;
}

/* Whether this is a question that only the compiler's own abilities decide; makes the text that it is known by. */
static bool is_question(int count, char **words)
{
	bool compiles = false, preprocesses = false;
	int code = NOWHERE;

	for (int i = 1; i < count; i++) {
		const char *word = words[i];
		bool pair = i + 1 < count;

		if (!strcmp(word, "-o") && pair) {
			if (output)
				return false;
			output = words[++i];
			continue;
		}
		if (prefix_map(word))
			continue;
		if (!strcmp(word, "/dev/null") || !strcmp(word, "-")) {
			if (code != NOWHERE)
				return false;
			code = *word == '/' ? NULL_DEVICE : INPUT;
		} else if ((!strcmp(word, "-x") || !strcmp(word, "--param")) && pair && !strchr(words[i + 1], '/')) {
			if (!add(&parts[QUESTION], word, strlen(word) + 1))
				return false;
			word = words[++i];
		} else if (!plain(word))
			return false;
		preprocesses |= !strcmp(word, "-E");
		compiles |= !strcmp(word, "-c") || !strcmp(word, "-S") || !strcmp(word, "-E");
		if (!add(&parts[QUESTION], word, strlen(word) + 1))
			return false;
	}
	if (code == NOWHERE || (code == NULL_DEVICE && !compiles) || (!output && !preprocesses))
		return false;
	if (!add(&parts[QUESTION], !output ? "text" : strcmp(output, "/dev/null") ? "file" : "none", 5))
		return false;
	return code == NULL_DEVICE || (take_input() && always_the_same(&input) && add(&parts[QUESTION], input.bytes, input.length));
}

static void name_of_answer(char *name, size_t size)
{
	uint64_t hash = 14695981039346656037u; /* FNV-1a; the question itself is compared too */

	for (size_t i = 0; i < parts[QUESTION].length; i++)
		hash = (hash ^ (unsigned char)parts[QUESTION].bytes[i]) * 1099511628211u;
	snprintf(name, size, "%s/%016llx", ANSWERS, (unsigned long long)hash);
}

static bool write_file(const char *name, const struct text *text)
{
	int file = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	bool done = file >= 0 && write_all(file, text->bytes, text->length);

	return (file < 0 || !close(file)) && done;
}

static bool find_answer(const char *name, struct answer *answer)
{
	static struct text question;
	int file = open(name, O_RDONLY | O_CLOEXEC);
	bool found = file >= 0 && read_all(file, (char *)answer, sizeof *answer);

	for (int i = 0; i < 4 && found; i++) {
		struct text *part = i == QUESTION ? &question : &parts[i];

		part->length = answer->lengths[i];
		found = part->length <= MOST && read_all(file, part->bytes, part->length);
	}
	if (file >= 0)
		close(file);
	return found && question.length == parts[QUESTION].length && !memcmp(question.bytes, parts[QUESTION].bytes, question.length);
}

static void keep_answer(const char *name, struct answer *answer)
{
	char temporary[4096];
	int file;
	bool done;

	/* a compiler that failed for want of memory or room must not have failed for good */
	if (answer->exit && !memmem(parts[COMPLAINED].bytes, parts[COMPLAINED].length, "unrecognized", strlen("unrecognized")))
		return;
	snprintf(temporary, sizeof temporary, "%s/.new-%ld", ANSWERS, (long)getpid());
	file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (file < 0)
		return;
	for (int i = 0; i < 4; i++)
		answer->lengths[i] = parts[i].length;
	done = write_all(file, (char *)answer, sizeof *answer);
	for (int i = 0; i < 4 && done; i++)
		done = write_all(file, parts[i].bytes, parts[i].length);
	if (close(file) || !done || rename(temporary, name))
		unlink(temporary);
}

static void copy(int from, int to)
{
	char bytes[4096];
	ssize_t got;

	lseek(from, 0, SEEK_SET);
	while ((got = read(from, bytes, sizeof bytes)) > 0)
		write_all(to, bytes, got);
}

static void start_compiler(char **words)
{
#ifdef LARGE_PAGES
	const char *others = getenv("LD_PRELOAD");
	char libraries[8192];

	if (snprintf(libraries, sizeof libraries, "%s%s%s", LARGE_PAGES, others && *others ? ":" : "", others ? others : "") < (int)sizeof libraries)
		setenv("LD_PRELOAD", libraries, 1);
#endif
	execv(COMPILER, words);
}

int main(int count, char **words)
{
	char name[4096];
	struct answer answer = {0};
	int printed, complained, status, written = -1;
	bool whole, file;
	pid_t child;

	words[0] = COMPILER;
	if (!is_question(count, words))
		goto compile;
	file = output && strcmp(output, "/dev/null");
	name_of_answer(name, sizeof name);
	if (find_answer(name, &answer) && (answer.exit || !file || write_file(output, &parts[WRITTEN]))) {
		write_all(1, parts[PRINTED].bytes, parts[PRINTED].length);
		write_all(2, parts[COMPLAINED].bytes, parts[COMPLAINED].length);
		return answer.exit;
	}
	printed = memfd_create("printed", MFD_CLOEXEC);
	complained = memfd_create("complained", MFD_CLOEXEC);
	if (printed < 0 || complained < 0)
		goto compile;
	child = fork();
	if (child < 0)
		goto compile;
	if (child == 0) {
		dup2(printed, 1);
		dup2(complained, 2);
		start_compiler(words);
		_exit(127);
	}
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	copy(printed, 1);
	copy(complained, 2);
	if (!WIFEXITED(status))
		return 128 + WTERMSIG(status);
	answer.exit = WEXITSTATUS(status);
	parts[WRITTEN].length = 0;
	whole = read_text(printed, &parts[PRINTED]) && read_text(complained, &parts[COMPLAINED]);
	if (whole && !answer.exit && file) {
		written = open(output, O_RDONLY | O_CLOEXEC);
		whole = read_text(written, &parts[WRITTEN]);
	}
	if (whole)
		keep_answer(name, &answer);
	return answer.exit;

compile:
	start_compiler(words);
	fprintf(stderr, "%s: %s\n", COMPILER, strerror(errno));
	return 127;
}
