// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/* Receive: as many empty buffers are posted as the device takes. */

#include <linux/etherdevice.h>
#include <linux/io.h>

#include "icenet.h"

static void icenet_rx_post(struct icenet *nic, void *data, dma_addr_t addr)
{
	struct icenet_kept *kept = nic->kept;
	unsigned int i = (kept->rx_head + kept->rx_posted++) % ARRAY_SIZE(kept->rx_buffer);

	kept->rx_buffer[i].data = data;
	kept->rx_buffer[i].addr = addr;
	writeq(addr, nic->regs + ICENET_RECV);
}

/* Post a new buffer. Returns false if there is no memory for it. */
static bool icenet_rx_post_new(struct icenet *nic)
{
	void *data = netdev_alloc_frag_align(ICENET_BUFFER_SIZE, SMP_CACHE_BYTES);
	dma_addr_t addr;

	if (!data)
		return false;
	addr = dma_map_single(nic->dev, data + NET_SKB_PAD, ICENET_BUFFER_ROOM, DMA_FROM_DEVICE);
	if (dma_mapping_error(nic->dev, addr)) {
		skb_free_frag(data);
		return false;
	}
	icenet_rx_post(nic, data, addr);
	return true;
}

static void icenet_rx_deliver(struct icenet *nic, void *data, unsigned int length, bool good)
{
	struct sk_buff *skb = napi_build_skb(data, ICENET_BUFFER_SIZE);

	if (!skb) {
		skb_free_frag(data);
		nic->ndev->stats.rx_dropped++;
		return;
	}
	skb_reserve(skb, NET_SKB_PAD + ICENET_PAD);
	skb_put(skb, length - ICENET_PAD);
	dev_sw_netstats_rx_add(nic->ndev, skb->len);
	skb->protocol = eth_type_trans(skb, nic->ndev);
	if (good)
		skb->ip_summed = CHECKSUM_UNNECESSARY;
	napi_gro_receive(&nic->napi, skb);
}

/*
 * Take one finished receive and replace its buffer; the packet is dropped if
 * @deliver is false or there is no memory for another buffer.
 */
void icenet_rx_take(struct icenet *nic, bool deliver)
{
	struct net_device_stats *stats = &nic->ndev->stats;
	unsigned int length = readw(nic->regs + ICENET_RECEIVED);
	struct icenet_kept *kept = nic->kept;
	dma_addr_t addr = kept->rx_buffer[kept->rx_head].addr;
	void *data = kept->rx_buffer[kept->rx_head].data;
	bool good = false;

	if (kept->checksum)
		good = readb(nic->regs + ICENET_RX_CHECKSUM) == ICENET_RX_CHECKSUM_GOOD;
	if (!kept->rx_posted) {
		if (net_ratelimit())
			netdev_err(nic->ndev, "a packet arrived that no buffer was posted for\n");
		return;
	}
	kept->rx_head = (kept->rx_head + 1) % ARRAY_SIZE(kept->rx_buffer);
	kept->rx_posted--;

	if (deliver && (length < ICENET_PAD + ETH_HLEN || length > ICENET_BUFFER_ROOM)) {
		stats->rx_length_errors++;
		stats->rx_errors++;
		deliver = false;
	} else if (deliver && !icenet_rx_post_new(nic)) {
		stats->rx_dropped++;
		deliver = false;
	}
	if (!deliver) {
		icenet_rx_post(nic, data, addr);
		return;
	}
	dma_unmap_single(nic->dev, addr, ICENET_BUFFER_ROOM, DMA_FROM_DEVICE);
	icenet_rx_deliver(nic, data, length, good);
}

/* Forget the packets that came while the interface was down, and post what buffers are missing. */
int icenet_rx_start(struct icenet *nic)
{
	unsigned int stale = FIELD_GET(ICENET_NRECEIVED, readl(nic->regs + ICENET_COUNTS));

	while (stale--)
		icenet_rx_take(nic, false);
	while (nic->kept->rx_posted < nic->kept->rx_depth)
		if (!icenet_rx_post_new(nic))
			break;
	return nic->kept->rx_posted ? 0 : -ENOMEM;
}
