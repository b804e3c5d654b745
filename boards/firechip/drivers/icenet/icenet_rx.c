// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/* Receive: as many empty buffers are posted as the device takes. */

#include <linux/etherdevice.h>
#include <linux/io.h>

#include "icenet.h"

/* Identifies a struct icenet_rx; changes when that does. */
#define ICENET_RX_LAYOUT	0x1ce7e701

static void icenet_rx_post(struct icenet *nic, void *data, dma_addr_t addr)
{
	struct icenet_rx *rx = nic->rx;
	unsigned int i = (rx->head + rx->posted++) % ARRAY_SIZE(rx->buffer);

	rx->buffer[i].data = data;
	rx->buffer[i].addr = addr;
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
	struct icenet_rx *rx = nic->rx;
	dma_addr_t addr = rx->buffer[rx->head].addr;
	void *data = rx->buffer[rx->head].data;
	bool good = false;

	if (rx->checksum)
		good = readb(nic->regs + ICENET_RX_CHECKSUM) == ICENET_RX_CHECKSUM_GOOD;
	if (!rx->posted) {
		if (net_ratelimit())
			netdev_err(nic->ndev, "a packet arrived that no buffer was posted for\n");
		return;
	}
	rx->head = (rx->head + 1) % ARRAY_SIZE(rx->buffer);
	rx->posted--;

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
	while (nic->rx->posted < nic->rx->depth)
		if (!icenet_rx_post_new(nic))
			break;
	return nic->rx->posted ? 0 : -ENOMEM;
}

/* Runs after the interface is unregistered. */
static void icenet_rx_leave(void *data)
{
	struct icenet *nic = data;

	if (nic->rx->posted) {
		dev_info(nic->dev, "the device keeps %u empty buffers for the next driver\n",
			 nic->rx->posted);
		return;
	}
	nic->dev->platform_data = NULL;
	kfree(nic->rx);
}

/*
 * Find the receive buffers that an earlier driver left, or start with none. As
 * the device counts one checksum result for each packet from the moment its unit
 * is on, @checksum only matters the first time.
 */
int icenet_rx_init(struct icenet *nic, bool checksum)
{
	struct icenet_rx *rx = nic->dev->platform_data;

	if (rx && rx->layout != ICENET_RX_LAYOUT) {
		dev_err(nic->dev, "the device still holds buffers of another driver\n");
		return -EBUSY;
	}
	if (!rx) {
		rx = kzalloc(sizeof(*rx), GFP_KERNEL);
		if (!rx)
			return -ENOMEM;
		rx->layout = ICENET_RX_LAYOUT;
		rx->depth = FIELD_GET(ICENET_RECV_SLOTS, readl(nic->regs + ICENET_COUNTS));
		if (!rx->depth) {
			kfree(rx);
			return dev_err_probe(nic->dev, -EBUSY, "the device accepts no buffers\n");
		}
		rx->checksum = checksum;
		if (rx->checksum)
			writeb(1, nic->regs + ICENET_CHECKSUM_ON);
		nic->dev->platform_data = rx;
	}
	nic->rx = rx;
	return devm_add_action_or_reset(nic->dev, icenet_rx_leave, nic);
}
