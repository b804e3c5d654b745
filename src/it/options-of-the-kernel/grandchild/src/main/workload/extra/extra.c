// SPDX-License-Identifier: GPL-2.0-only
#include <linux/init.h>
#include <linux/module.h>

static int __init extra_init(void)
{
	pr_info("extra: brought by the grandchild\n");
	return 0;
}
module_init(extra_init);

static void __exit extra_exit(void)
{
}
module_exit(extra_exit);

MODULE_DESCRIPTION("Says which workload brought it");
MODULE_LICENSE("GPL");
