// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/*
 * Driver for the block device of FireSim and Chipyard SoCs.
 *
 * The device moves whole sectors between a disk and one contiguous run of
 * memory. A request is described in four registers and posted by reading a
 * fifth, which returns the tag the device gave it. Finished requests come back
 * by their tags, in any order, through a queue that raises the interrupt for as
 * long as it holds anything. The device reports no errors, has no volatile
 * cache to flush, and can neither discard nor abort.
 */

#include <linux/blk-mq.h>
#include <linux/dma-mapping.h>
#include <linux/idr.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/mod_devicetable.h>
#include <linux/platform_device.h>
#include <linux/spinlock.h>
#include <linux/version.h>

#define ICEBLK_NAME		"iceblk"

/* Registers: offsets in bytes, little endian */
#define ICEBLK_ADDRESS		0	/* 64 bits, write: physical address of the data */
#define ICEBLK_SECTOR		8	/* 32 bits, write: first sector */
#define ICEBLK_LENGTH		12	/* 32 bits, write: sectors */
#define ICEBLK_WRITE		16	/*  8 bits, write: 1 to the disk, 0 from it */
#define ICEBLK_POST		17	/*  8 bits, read: posts the request, returns its tag */
#define ICEBLK_NPOSTABLE	18	/*  8 bits, read: requests that can be posted now */
#define ICEBLK_FINISHED		19	/*  8 bits, read: takes the tag of a finished request */
#define ICEBLK_NFINISHED	20	/*  8 bits, read: finished requests not yet taken */
#define ICEBLK_CAPACITY		24	/* 32 bits, read: sectors of the disk, 0 without one */
#define ICEBLK_MAX_LENGTH	28	/* 32 bits, read: sectors of the longest request */

/* The device accesses memory in bursts of a cache block, aligned to their size. */
#define ICEBLK_DATA_ALIGN	64

/* Disks are called iceblk, iceblkb, iceblkc ...: a digit would look like a partition. */
#define ICEBLK_MAX_DISKS	26

/*
 * struct iceblk - one device
 * @lock: held while a request is described and posted, and for @posted
 * @posted: requests whose completion has not been taken, in posting order.
 *          The device may give a tag again while an older completion with that
 *          tag still waits in its queue; the queue keeps the order, so the first
 *          request here with a given tag is the one that finished.
 */
struct iceblk {
	struct device *dev;
	void __iomem *regs;
	struct gendisk *disk;
	struct blk_mq_tag_set tag_set;
	spinlock_t lock;
	struct list_head posted;
	unsigned int max_sectors;
	int index;
};

/* struct iceblk_cmd - what the driver keeps with each struct request */
struct iceblk_cmd {
	struct list_head node;
	dma_addr_t addr;
	u8 tag;
};

static DEFINE_IDA(iceblk_ida);

static struct iceblk_cmd *iceblk_find_posted(struct iceblk *ib, u8 tag)
{
	struct iceblk_cmd *cmd;

	list_for_each_entry(cmd, &ib->posted, node)
		if (cmd->tag == tag)
			return cmd;
	return NULL;
}

/*
 * Take the completions that wait now and return how many there were. One that
 * arrives meanwhile keeps the interrupt raised. The tag is only read after the
 * count says there is one: reading it from an empty queue stalls the bus.
 */
static unsigned int iceblk_take_finished(struct iceblk *ib)
{
	struct iceblk_cmd *cmd, *next;
	unsigned int i, count;
	unsigned long flags;
	LIST_HEAD(finished);

	spin_lock_irqsave(&ib->lock, flags);
	count = readb(ib->regs + ICEBLK_NFINISHED);
	for (i = 0; i < count; i++) {
		u8 tag = readb(ib->regs + ICEBLK_FINISHED);

		cmd = iceblk_find_posted(ib, tag);
		if (cmd)
			list_move_tail(&cmd->node, &finished);
		else
			dev_err_ratelimited(ib->dev, "completion for tag %u, which is not in flight\n",
					    tag);
	}
	spin_unlock_irqrestore(&ib->lock, flags);

	list_for_each_entry_safe(cmd, next, &finished, node) {
		list_del_init(&cmd->node);
		blk_mq_complete_request(blk_mq_rq_from_pdu(cmd));
	}
	return count;
}

static irqreturn_t iceblk_interrupt(int irq, void *data)
{
	return iceblk_take_finished(data) ? IRQ_HANDLED : IRQ_NONE;
}

static void iceblk_unmap(struct iceblk *ib, struct request *rq)
{
	struct iceblk_cmd *cmd = blk_mq_rq_to_pdu(rq);

	dma_unmap_page(ib->dev, cmd->addr, blk_rq_bytes(rq), rq_dma_dir(rq));
}

static void iceblk_complete(struct request *rq)
{
	iceblk_unmap(rq->q->queuedata, rq);
	blk_mq_end_request(rq, BLK_STS_OK);
}

static blk_status_t iceblk_queue_rq(struct blk_mq_hw_ctx *hctx,
				    const struct blk_mq_queue_data *bd)
{
	struct request *rq = bd->rq;
	struct iceblk_cmd *cmd = blk_mq_rq_to_pdu(rq);
	struct iceblk *ib = hctx->queue->queuedata;
	struct bio_vec run;
	unsigned long flags;

	if (req_op(rq) != REQ_OP_READ && req_op(rq) != REQ_OP_WRITE)
		return BLK_STS_NOTSUPP;

	/* The limits of the queue make every request one segment. */
	run = req_bvec(rq);
	if (run.bv_len != blk_rq_bytes(rq))
		return BLK_STS_IOERR;
	cmd->addr = dma_map_bvec(ib->dev, &run, rq_dma_dir(rq), 0);
	if (dma_mapping_error(ib->dev, cmd->addr))
		return BLK_STS_RESOURCE;
	if (!IS_ALIGNED(cmd->addr, ICEBLK_DATA_ALIGN)) {
		iceblk_unmap(ib, rq);
		return BLK_STS_IOERR;
	}

	spin_lock_irqsave(&ib->lock, flags);
	/* There is a tag for each block layer tag; posting without one would stall the bus. */
	if (!readb(ib->regs + ICEBLK_NPOSTABLE)) {
		spin_unlock_irqrestore(&ib->lock, flags);
		iceblk_unmap(ib, rq);
		return BLK_STS_RESOURCE;
	}
	blk_mq_start_request(rq);
	writeq(cmd->addr, ib->regs + ICEBLK_ADDRESS);
	writel(blk_rq_pos(rq), ib->regs + ICEBLK_SECTOR);
	writel(blk_rq_sectors(rq), ib->regs + ICEBLK_LENGTH);
	writeb(req_op(rq) == REQ_OP_WRITE, ib->regs + ICEBLK_WRITE);
	/* The request can finish at once: the lock keeps the interrupt out until it is listed. */
	cmd->tag = readb(ib->regs + ICEBLK_POST);
	list_add_tail(&cmd->node, &ib->posted);
	spin_unlock_irqrestore(&ib->lock, flags);
	return BLK_STS_OK;
}

/*
 * A posted request cannot be withdrawn, and its memory is the device's until it
 * finishes: look for a completion whose interrupt was lost, else keep waiting.
 */
static enum blk_eh_timer_return iceblk_timeout(struct request *rq)
{
	struct iceblk *ib = rq->q->queuedata;

	iceblk_take_finished(ib);
	if (blk_mq_request_completed(rq))
		return BLK_EH_DONE;
	dev_warn_ratelimited(ib->dev, "still waiting for %u sectors from sector %llu\n",
			     blk_rq_sectors(rq), (unsigned long long)blk_rq_pos(rq));
	return BLK_EH_RESET_TIMER;
}

static const struct blk_mq_ops iceblk_mq_ops = {
	.queue_rq	= iceblk_queue_rq,
	.complete	= iceblk_complete,
	.timeout	= iceblk_timeout,
};

static const struct block_device_operations iceblk_fops = {
	.owner		= THIS_MODULE,
};

/*
 * With a single segment, memory must be aligned to sectors and not only to what
 * the device asks for: a segment that ended within a sector could not be split.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 9, 0)
static struct gendisk *iceblk_alloc_disk(struct iceblk *ib)
{
	struct queue_limits limits = {
		.logical_block_size	= SECTOR_SIZE,
		.dma_alignment		= SECTOR_SIZE - 1,
		.max_hw_sectors		= ib->max_sectors,
		.max_segments		= 1,
		.max_segment_size	= ib->max_sectors << SECTOR_SHIFT,
	};

	return blk_mq_alloc_disk(&ib->tag_set, &limits, ib);
}
#else
static struct gendisk *iceblk_alloc_disk(struct iceblk *ib)
{
	struct gendisk *disk = blk_mq_alloc_disk(&ib->tag_set, ib);

	if (IS_ERR(disk))
		return disk;
	blk_queue_logical_block_size(disk->queue, SECTOR_SIZE);
	blk_queue_dma_alignment(disk->queue, SECTOR_SIZE - 1);
	blk_queue_max_hw_sectors(disk->queue, ib->max_sectors);
	blk_queue_max_segments(disk->queue, 1);
	blk_queue_max_segment_size(disk->queue, ib->max_sectors << SECTOR_SHIFT);
	return disk;
}
#endif

static void iceblk_free_index(void *data)
{
	struct iceblk *ib = data;

	ida_free(&iceblk_ida, ib->index);
}

static void iceblk_free_tag_set(void *data)
{
	struct iceblk *ib = data;

	blk_mq_free_tag_set(&ib->tag_set);
}

static void iceblk_put_disk(void *data)
{
	struct iceblk *ib = data;

	put_disk(ib->disk);
}

/* Returns when no request is in flight; the interrupt is released after it. */
static void iceblk_del_disk(void *data)
{
	struct iceblk *ib = data;

	del_gendisk(ib->disk);
}

/* Allocate the disk and its queue. Each step is undone by the device core, last first. */
static int iceblk_init_disk(struct iceblk *ib, unsigned int depth, u32 capacity)
{
	int ret;

	ib->index = ida_alloc_max(&iceblk_ida, ICEBLK_MAX_DISKS - 1, GFP_KERNEL);
	if (ib->index < 0)
		return ib->index;
	ret = devm_add_action_or_reset(ib->dev, iceblk_free_index, ib);
	if (ret)
		return ret;

	ib->tag_set.ops = &iceblk_mq_ops;
	ib->tag_set.nr_hw_queues = 1;
	ib->tag_set.queue_depth = depth;
	ib->tag_set.numa_node = NUMA_NO_NODE;
	ib->tag_set.cmd_size = sizeof(struct iceblk_cmd);
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 14, 0)
	ib->tag_set.flags = BLK_MQ_F_SHOULD_MERGE;	/* always on since */
#endif
	ret = blk_mq_alloc_tag_set(&ib->tag_set);
	if (ret)
		return ret;
	ret = devm_add_action_or_reset(ib->dev, iceblk_free_tag_set, ib);
	if (ret)
		return ret;

	ib->disk = iceblk_alloc_disk(ib);
	if (IS_ERR(ib->disk))
		return PTR_ERR(ib->disk);
	ret = devm_add_action_or_reset(ib->dev, iceblk_put_disk, ib);
	if (ret)
		return ret;
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 11, 0)
	blk_queue_flag_set(QUEUE_FLAG_NONROT, ib->disk->queue);	/* the default since */
#endif

	if (ib->index)
		snprintf(ib->disk->disk_name, DISK_NAME_LEN, ICEBLK_NAME "%c", 'a' + ib->index);
	else
		strscpy(ib->disk->disk_name, ICEBLK_NAME, DISK_NAME_LEN);
	ib->disk->fops = &iceblk_fops;
	ib->disk->private_data = ib;
	set_capacity(ib->disk, capacity);
	return 0;
}

static int iceblk_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	u32 capacity, max_length;
	unsigned int depth;
	struct iceblk *ib;
	int irq, ret;

	ib = devm_kzalloc(dev, sizeof(*ib), GFP_KERNEL);
	if (!ib)
		return -ENOMEM;
	ib->dev = dev;
	spin_lock_init(&ib->lock);
	INIT_LIST_HEAD(&ib->posted);

	ib->regs = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(ib->regs))
		return PTR_ERR(ib->regs);

	capacity = readl(ib->regs + ICEBLK_CAPACITY);
	if (!capacity) {
		dev_info(dev, "no disk attached\n");
		return -ENODEV;
	}
	/* The block layer expects every device to take a page at once. */
	max_length = readl(ib->regs + ICEBLK_MAX_LENGTH);
	if (max_length < PAGE_SECTORS)
		return dev_err_probe(dev, -EINVAL,
				     "the longest request is %u sectors, but a page needs %u\n",
				     max_length, PAGE_SECTORS);
	/* Nothing is in flight yet, so what can be posted now is all that ever can. */
	depth = readb(ib->regs + ICEBLK_NPOSTABLE);
	if (!depth)
		return dev_err_probe(dev, -EBUSY, "the device accepts no requests\n");

	ret = dma_set_mask_and_coherent(dev, DMA_BIT_MASK(64));
	if (ret)
		return dev_err_probe(dev, ret, "no usable DMA addressing\n");
	ib->max_sectors = min_t(size_t, min(max_length, UINT_MAX >> SECTOR_SHIFT),
				dma_max_mapping_size(dev) >> SECTOR_SHIFT);

	irq = platform_get_irq(pdev, 0);
	if (irq < 0)
		return irq;

	ret = iceblk_init_disk(ib, depth, capacity);
	if (ret)
		return dev_err_probe(dev, ret, "cannot allocate the disk\n");

	ret = devm_request_irq(dev, irq, iceblk_interrupt, 0, dev_name(dev), ib);
	if (ret)
		return dev_err_probe(dev, ret, "cannot use interrupt %d\n", irq);

	ret = device_add_disk(dev, ib->disk, NULL);
	if (ret)
		return dev_err_probe(dev, ret, "cannot add the disk\n");
	ret = devm_add_action_or_reset(dev, iceblk_del_disk, ib);
	if (ret)
		return ret;

	dev_info(dev, "%s: %u sectors, %u requests of up to %u sectors\n",
		 ib->disk->disk_name, capacity, depth, ib->max_sectors);
	return 0;
}

static const struct of_device_id iceblk_of_match[] = {
	{ .compatible = "ucb-bar,blkdev" },
	{ .compatible = "ucbbar,blkdev" },
	{ }
};
MODULE_DEVICE_TABLE(of, iceblk_of_match);

static struct platform_driver iceblk_driver = {
	.probe	= iceblk_probe,
	.driver	= {
		.name		= ICEBLK_NAME,
		.of_match_table	= iceblk_of_match,
	},
};
module_platform_driver(iceblk_driver);

MODULE_DESCRIPTION("FireSim block device");
MODULE_LICENSE("Dual BSD/GPL");
