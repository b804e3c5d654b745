/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* The network device of FireSim and Chipyard SoCs: registers, and what the parts share. */
#ifndef ICENET_H
#define ICENET_H

#include <linux/bitfield.h>
#include <linux/dma-mapping.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/wait.h>

/* Registers: offsets in bytes, little endian. The queues must be accessed whole. */
#define ICENET_SEND		0	/* 64 bits, write: posts a fragment to send */
#define ICENET_RECV		8	/* 64 bits, write: posts an empty buffer */
#define ICENET_SENT		16	/* 16 bits, read: takes a finished send */
#define ICENET_RECEIVED		18	/* 16 bits, read: takes a finished receive, its length */
#define ICENET_COUNTS		20	/* 32 bits, read: the four below */
#define ICENET_MAC		24	/* 48 bits, read: MAC address, first byte lowest */
#define ICENET_INTERRUPTS	32	/* 32 bits: enabled interrupts */
#define ICENET_TX_CHECKSUM	40	/* 64 bits, write: checksum of the next packet */
#define ICENET_RX_CHECKSUM	48	/*  8 bits, read: takes the result for a packet */
#define ICENET_CHECKSUM_ON	49	/*  8 bits, write: 1 turns the checksum unit on */

#define ICENET_SEND_MORE	BIT_ULL(63)	/* further fragments of the packet follow */
#define ICENET_SEND_LENGTH	GENMASK_ULL(62, 48)
#define ICENET_SEND_ADDRESS	GENMASK_ULL(47, 0)

#define ICENET_SEND_SLOTS	GENMASK(7, 0)	/* of ICENET_COUNTS */
#define ICENET_RECV_SLOTS	GENMASK(15, 8)
#define ICENET_NSENT		GENMASK(23, 16)
#define ICENET_NRECEIVED	GENMASK(31, 24)

#define ICENET_INTERRUPT_BOTH	3

#define ICENET_TX_CHECKSUM_ON	BIT_ULL(48)
#define ICENET_TX_CHECKSUM_AT	GENMASK_ULL(47, 32)
#define ICENET_TX_CHECKSUM_FROM	GENMASK_ULL(31, 16)

#define ICENET_RX_CHECKSUM_GOOD	3

/* Bytes before the Ethernet header of each packet, in memory and on the wire. */
#define ICENET_PAD		2

#define ICENET_MAX_QUEUE	255	/* the counts have 8 bits */
#define ICENET_MAX_FRAGMENTS	4	/* packets with more are made linear */

/* Receive buffers: two to a page, each with what build_skb() wants around the packet. */
#define ICENET_BUFFER_SIZE	2048
#define ICENET_BUFFER_ROOM	(SKB_WITH_OVERHEAD(ICENET_BUFFER_SIZE) - NET_SKB_PAD)

/*
 * struct icenet_kept - what the device holds that the driver cannot take back
 * @checksum: the checksum unit is on
 * @tx_depth: send slots of the idle device
 * @tx_lost: sends of earlier drivers that have not finished
 * @rx_depth: receive slots of the idle device
 * @rx_head: oldest posted buffer, the next to be filled
 * @rx_posted: buffers from there on
 *
 * This outlives the driver: it stays with the platform device, where the next
 * driver that binds finds it. This is why receive buffers are plain page
 * fragments, which refer to no net_device.
 */
struct icenet_kept {
	u32 layout;
	u32 checksum;
	u32 tx_depth;
	u32 tx_lost;
	u32 rx_depth;
	u32 rx_head;
	u32 rx_posted;
	struct {
		void *data;
		dma_addr_t addr;
	} rx_buffer[ICENET_MAX_QUEUE];
};

struct icenet_tx_fragment {
	struct sk_buff *skb;	/* with the last fragment of a packet */
	dma_addr_t addr;
	u16 length;
	bool paged;
};

/*
 * struct icenet - one device
 * @tx_head: oldest fragment in flight; only the poll function writes it
 * @tx_tail: next free fragment; only the transmit function writes it
 * @tx_depth: most fragments in flight, so that posting never waits for a slot
 * @tx_max_fragments: most fragments of one packet
 * @tx_drained: woken when no fragment is in flight
 */
struct icenet {
	struct net_device *ndev;
	struct device *dev;
	void __iomem *regs;
	struct napi_struct napi;
	int irq[2];		/* send, receive */
	char irq_name[2][IFNAMSIZ + 3];

	unsigned int tx_head;
	unsigned int tx_tail;
	unsigned int tx_depth;
	unsigned int tx_max_fragments;
	struct icenet_tx_fragment tx[ICENET_MAX_QUEUE + 1];
	wait_queue_head_t tx_drained;

	struct icenet_kept *kept;
};

/* icenet_tx.c */
int icenet_tx_init(struct icenet *nic);
netdev_tx_t icenet_start_xmit(struct sk_buff *skb, struct net_device *ndev);
void icenet_tx_clean(struct icenet *nic, unsigned int count, int budget);
void icenet_tx_drain(struct icenet *nic);
void icenet_tx_timeout(struct net_device *ndev, unsigned int queue);

/* icenet_rx.c */
int icenet_rx_start(struct icenet *nic);
void icenet_rx_take(struct icenet *nic, bool deliver);

#endif
