/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>

/* the 16550 UART that QEMU's virt machine and Spike have */
static volatile uint8_t *const uart = (volatile uint8_t *)0x10000000;

static const char *const words[] = {"hello", "from", "the", "bare", "machine"};

static void put(char c)
{
	while (!(uart[5] & 0x20))
		;
	uart[0] = c;
}

static void print(const char *text)
{
	while (*text)
		put(*text++);
}

int main(void)
{
	for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
		print(words[i]);
		print(i + 1 < sizeof words / sizeof *words ? " " : "\r\n");
	}
	return 0;
}
