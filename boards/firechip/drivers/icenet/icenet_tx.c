// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/* Transmit: fragments are posted in order, and finish in that order. */

#include <linux/etherdevice.h>
#include <linux/io.h>
#include <linux/udp.h>

#include "icenet.h"

#define ICENET_DRAIN_TIMEOUT	HZ

static struct icenet_tx_fragment *icenet_tx_at(struct icenet *nic, unsigned int i)
{
	return &nic->tx[i % ARRAY_SIZE(nic->tx)];
}

static unsigned int icenet_tx_in_flight(const struct icenet *nic)
{
	return READ_ONCE(nic->tx_tail) - READ_ONCE(nic->tx_head);
}

static bool icenet_tx_has_room(const struct icenet *nic)
{
	return nic->tx_depth - icenet_tx_in_flight(nic) >= nic->tx_max_fragments;
}

static void icenet_tx_unmap(struct icenet *nic, const struct icenet_tx_fragment *frag)
{
	if (frag->paged)
		dma_unmap_page(nic->dev, frag->addr, frag->length, DMA_TO_DEVICE);
	else
		dma_unmap_single(nic->dev, frag->addr, frag->length, DMA_TO_DEVICE);
}

/* Map a packet into the free fragments. Returns how many it took, or an error. */
static int icenet_tx_map(struct icenet *nic, struct sk_buff *skb)
{
	struct icenet_tx_fragment *frag = icenet_tx_at(nic, nic->tx_tail);
	unsigned int i, count = skb_shinfo(skb)->nr_frags + 1;

	frag->paged = false;
	frag->skb = NULL;
	frag->length = skb_headlen(skb) + ICENET_PAD;
	frag->addr = dma_map_single(nic->dev, skb->data - ICENET_PAD, frag->length,
				    DMA_TO_DEVICE);
	if (dma_mapping_error(nic->dev, frag->addr))
		return -ENOMEM;

	for (i = 1; i < count; i++) {
		const skb_frag_t *page = &skb_shinfo(skb)->frags[i - 1];

		frag = icenet_tx_at(nic, nic->tx_tail + i);
		frag->paged = true;
		frag->skb = NULL;
		frag->length = skb_frag_size(page);
		frag->addr = skb_frag_dma_map(nic->dev, page, 0, frag->length, DMA_TO_DEVICE);
		if (dma_mapping_error(nic->dev, frag->addr)) {
			while (i--)
				icenet_tx_unmap(nic, icenet_tx_at(nic, nic->tx_tail + i));
			return -ENOMEM;
		}
	}
	frag->skb = skb;
	return count;
}

/* Post the fragments from tx_tail on. The packet may be gone when this returns. */
static void icenet_tx_post(struct icenet *nic, unsigned int count)
{
	unsigned int i, first = nic->tx_tail;

	/* Before the first write: its completion may arrive before the last. */
	smp_store_release(&nic->tx_tail, first + count);
	for (i = 0; i < count; i++) {
		const struct icenet_tx_fragment *frag = icenet_tx_at(nic, first + i);
		u64 command = FIELD_PREP(ICENET_SEND_LENGTH, frag->length) |
			      FIELD_PREP(ICENET_SEND_ADDRESS, frag->addr);

		if (i + 1 < count)
			command |= ICENET_SEND_MORE;
		writeq(command, nic->regs + ICENET_SEND);
	}
}

/*
 * What the checksum unit is to do with a packet. It knows nothing of UDP, where
 * a sum of zero must be sent as ones: those sums are left to the processor.
 */
static int icenet_tx_checksum(struct sk_buff *skb, u64 *command)
{
	unsigned int start;

	*command = 0;
	if (skb->ip_summed != CHECKSUM_PARTIAL)
		return 0;
	if (skb->csum_offset == offsetof(struct udphdr, check))
		return skb_checksum_help(skb);
	start = skb_checksum_start_offset(skb) + ICENET_PAD;
	*command = ICENET_TX_CHECKSUM_ON |
		   FIELD_PREP(ICENET_TX_CHECKSUM_AT, start + skb->csum_offset) |
		   FIELD_PREP(ICENET_TX_CHECKSUM_FROM, start);
	return 0;
}

netdev_tx_t icenet_start_xmit(struct sk_buff *skb, struct net_device *ndev)
{
	struct icenet *nic = netdev_priv(ndev);
	u64 checksum_command = 0;
	int count;

	if (!icenet_tx_has_room(nic))	/* the queue is stopped before this can be */
		return NETDEV_TX_BUSY;
	if (eth_skb_pad(skb)) {		/* frees the packet if it fails */
		ndev->stats.tx_dropped++;
		return NETDEV_TX_OK;
	}
	if (skb_shinfo(skb)->nr_frags >= nic->tx_max_fragments && skb_linearize(skb))
		goto drop;
	if (skb_cow_head(skb, ICENET_PAD))
		goto drop;
	if (nic->kept->checksum && icenet_tx_checksum(skb, &checksum_command))
		goto drop;
	/* The padding is sent too: let it not carry what was in memory. */
	memset(skb->data - ICENET_PAD, 0, ICENET_PAD);

	count = icenet_tx_map(nic, skb);
	if (count < 0)
		goto drop;
	netdev_sent_queue(ndev, skb->len);
	skb_tx_timestamp(skb);
	/* With the unit on, every packet needs a command, even to do nothing. */
	if (nic->kept->checksum)
		writeq(checksum_command, nic->regs + ICENET_TX_CHECKSUM);
	icenet_tx_post(nic, count);

	if (!icenet_tx_has_room(nic)) {
		netif_stop_queue(ndev);
		/* Pairs with icenet_tx_clean(): one of the two sees the other. */
		smp_mb();
		if (icenet_tx_has_room(nic))
			netif_wake_queue(ndev);
	}
	return NETDEV_TX_OK;

drop:
	dev_kfree_skb_any(skb);
	ndev->stats.tx_dropped++;
	return NETDEV_TX_OK;
}

/* Take @count finished sends, each of which stands for the oldest fragment in flight. */
void icenet_tx_clean(struct icenet *nic, unsigned int count, int budget)
{
	unsigned int head = nic->tx_head, tail = smp_load_acquire(&nic->tx_tail);
	unsigned int packets = 0, bytes = 0;

	if (!count)
		return;
	for (; count; count--) {
		struct icenet_tx_fragment *frag = icenet_tx_at(nic, head);

		readw(nic->regs + ICENET_SENT);
		if (nic->kept->tx_lost) {
			nic->kept->tx_lost--;
			continue;
		}
		if (head == tail) {
			if (net_ratelimit())
				netdev_err(nic->ndev, "a send finished that was not posted\n");
			continue;
		}
		icenet_tx_unmap(nic, frag);
		if (frag->skb) {
			packets++;
			bytes += frag->skb->len;
			napi_consume_skb(frag->skb, budget);
			frag->skb = NULL;
		}
		head++;
	}
	smp_store_release(&nic->tx_head, head);
	dev_sw_netstats_tx_add(nic->ndev, packets, bytes);
	netdev_completed_queue(nic->ndev, packets, bytes);

	/* Pairs with icenet_start_xmit(). */
	smp_mb();
	if (netif_queue_stopped(nic->ndev) && icenet_tx_has_room(nic) &&
	    netif_running(nic->ndev))
		netif_wake_queue(nic->ndev);
	if (!icenet_tx_in_flight(nic))
		wake_up(&nic->tx_drained);
}

/* Wait for what is in flight. What remains is accounted for when the interface is next up. */
void icenet_tx_drain(struct icenet *nic)
{
	if (!wait_event_timeout(nic->tx_drained, !icenet_tx_in_flight(nic),
				ICENET_DRAIN_TIMEOUT))
		netdev_warn(nic->ndev, "%u fragments are still to be sent\n",
			    icenet_tx_in_flight(nic));
}

/* There is no reset: look for completions whose interrupt was lost. */
void icenet_tx_timeout(struct net_device *ndev, unsigned int queue)
{
	struct icenet *nic = netdev_priv(ndev);

	netdev_warn(ndev, "%u fragments not sent in time\n", icenet_tx_in_flight(nic));
	ndev->stats.tx_errors++;
	napi_schedule(&nic->napi);
}

/*
 * Runs after the interface is unregistered. Fragments that have not finished stay
 * mapped and allocated, as the device may yet read them; their completions come
 * before those of the next driver.
 */
static void icenet_tx_leave(void *data)
{
	struct icenet *nic = data;
	unsigned int lost = icenet_tx_in_flight(nic);

	nic->kept->tx_lost += lost;
	if (lost)
		dev_err(nic->dev, "%u fragments were never sent; their memory is lost\n", lost);
}

int icenet_tx_init(struct icenet *nic)
{
	nic->tx_depth = nic->kept->tx_depth - nic->kept->tx_lost;
	if (!nic->tx_depth)
		return dev_err_probe(nic->dev, -EBUSY, "the device accepts no packets\n");
	nic->tx_max_fragments = min_t(unsigned int, nic->tx_depth, ICENET_MAX_FRAGMENTS);
	init_waitqueue_head(&nic->tx_drained);
	return devm_add_action_or_reset(nic->dev, icenet_tx_leave, nic);
}
