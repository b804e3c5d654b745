// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
/*
 * Driver for the network device of FireSim and Chipyard SoCs.
 *
 * The device has a queue of send requests, a queue of empty receive buffers, and
 * for each of them a queue of what it finished, in the order it was posted. It
 * has no link state, no address filter, no reset, and no way to take a posted
 * buffer back.
 */

#include <linux/etherdevice.h>
#include <linux/ethtool.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/mod_devicetable.h>
#include <linux/platform_device.h>

#include "icenet.h"

#define ICENET_NAME		"icenet"

/* Identifies a struct icenet_kept; changes when that does. */
#define ICENET_KEPT_LAYOUT	0x1ce7e701

static bool checksum;
module_param(checksum, bool, 0444);
MODULE_PARM_DESC(checksum,
		 "use the checksum unit; only for devices built with one, others stall (default: off)");

/* Neither completion queue may be read when it is empty: that stalls the bus. */
static int icenet_poll(struct napi_struct *napi, int budget)
{
	struct icenet *nic = container_of(napi, struct icenet, napi);
	u32 counts = readl(nic->regs + ICENET_COUNTS);
	int i, received = min_t(int, FIELD_GET(ICENET_NRECEIVED, counts), budget);

	icenet_tx_clean(nic, FIELD_GET(ICENET_NSENT, counts), budget);
	for (i = 0; i < received; i++)
		icenet_rx_take(nic, true);

	/* What was left or arrived since raises the interrupt again. */
	if (received < budget && napi_complete_done(napi, received))
		writel(ICENET_INTERRUPT_BOTH, nic->regs + ICENET_INTERRUPTS);
	return received;
}

/* Both interrupts are masked together, so that the mask is never read to be changed. */
static irqreturn_t icenet_interrupt(int irq, void *data)
{
	struct icenet *nic = data;

	writel(0, nic->regs + ICENET_INTERRUPTS);
	napi_schedule(&nic->napi);
	return IRQ_HANDLED;
}

static void icenet_free_irqs(struct icenet *nic, int count)
{
	while (count--)
		free_irq(nic->irq[count], nic);
}

static int icenet_request_irqs(struct icenet *nic)
{
	int i, ret;

	for (i = 0; i < ARRAY_SIZE(nic->irq); i++) {
		snprintf(nic->irq_name[i], sizeof(nic->irq_name[i]), "%s-%s", nic->ndev->name,
			 i ? "rx" : "tx");
		ret = request_irq(nic->irq[i], icenet_interrupt, 0, nic->irq_name[i], nic);
		if (ret) {
			netdev_err(nic->ndev, "cannot use interrupt %d: %d\n", nic->irq[i], ret);
			icenet_free_irqs(nic, i);
			return ret;
		}
	}
	return 0;
}

static int icenet_open(struct net_device *ndev)
{
	struct icenet *nic = netdev_priv(ndev);
	int ret = icenet_rx_start(nic);

	if (ret)
		return ret;
	ret = icenet_request_irqs(nic);
	if (ret)
		return ret;
	napi_enable(&nic->napi);
	writel(ICENET_INTERRUPT_BOTH, nic->regs + ICENET_INTERRUPTS);
	netif_start_queue(ndev);
	return 0;
}

/* Nothing is being transmitted any more when this is called. */
static int icenet_stop(struct net_device *ndev)
{
	struct icenet *nic = netdev_priv(ndev);

	netif_stop_queue(ndev);
	icenet_tx_drain(nic);
	napi_disable(&nic->napi);
	writel(0, nic->regs + ICENET_INTERRUPTS);
	icenet_free_irqs(nic, ARRAY_SIZE(nic->irq));
	return 0;
}

static const struct net_device_ops icenet_netdev_ops = {
	.ndo_open		= icenet_open,
	.ndo_stop		= icenet_stop,
	.ndo_start_xmit		= icenet_start_xmit,
	.ndo_tx_timeout		= icenet_tx_timeout,
	.ndo_get_stats64	= dev_get_tstats64,
	.ndo_set_mac_address	= eth_mac_addr,
	.ndo_validate_addr	= eth_validate_addr,
};

static const struct ethtool_ops icenet_ethtool_ops = {
	.get_link		= ethtool_op_get_link,
	.get_ts_info		= ethtool_op_get_ts_info,
};

/* Runs after the interface is unregistered. */
static void icenet_leave_kept(void *data)
{
	struct icenet *nic = data;

	if (nic->kept->rx_posted)
		dev_info(nic->dev, "the device keeps %u empty buffers for the next driver\n",
			 nic->kept->rx_posted);
	if (nic->kept->rx_posted || nic->kept->tx_lost || nic->kept->checksum)
		return;
	nic->dev->platform_data = NULL;
	kfree(nic->kept);
}

/*
 * Find what an earlier driver left in the device, or start with a device that
 * holds nothing. The checksum unit gives a result for every packet from the
 * moment it is on, so it is only turned on at the start, and never off.
 */
static int icenet_find_kept(struct icenet *nic)
{
	struct icenet_kept *kept = nic->dev->platform_data;
	u32 counts = readl(nic->regs + ICENET_COUNTS);

	if (kept && kept->layout != ICENET_KEPT_LAYOUT)
		return dev_err_probe(nic->dev, -EBUSY,
				     "the device still holds buffers of another driver\n");
	if (!kept) {
		if (!FIELD_GET(ICENET_RECV_SLOTS, counts))
			return dev_err_probe(nic->dev, -EBUSY, "the device accepts no buffers\n");
		kept = kzalloc(sizeof(*kept), GFP_KERNEL);
		if (!kept)
			return -ENOMEM;
		kept->layout = ICENET_KEPT_LAYOUT;
		kept->tx_depth = FIELD_GET(ICENET_SEND_SLOTS, counts);
		kept->rx_depth = FIELD_GET(ICENET_RECV_SLOTS, counts);
		kept->checksum = checksum;
		if (checksum)
			writeb(1, nic->regs + ICENET_CHECKSUM_ON);
		nic->dev->platform_data = kept;
	}
	nic->kept = kept;
	return devm_add_action_or_reset(nic->dev, icenet_leave_kept, nic);
}

static void icenet_set_mac(struct icenet *nic)
{
	u64 mac = readq(nic->regs + ICENET_MAC);
	u8 addr[ETH_ALEN];
	int i;

	for (i = 0; i < ETH_ALEN; i++)
		addr[i] = mac >> (8 * i);
	if (is_valid_ether_addr(addr)) {
		eth_hw_addr_set(nic->ndev, addr);
	} else {
		eth_hw_addr_random(nic->ndev);
		dev_warn(nic->dev, "the device has no valid MAC address, using %pM\n",
			 nic->ndev->dev_addr);
	}
}

static void icenet_set_features(struct icenet *nic)
{
	struct net_device *ndev = nic->ndev;

	ndev->features = NETIF_F_SG | NETIF_F_HIGHDMA;
	if (nic->kept->checksum)
		ndev->features |= NETIF_F_HW_CSUM | NETIF_F_RXCSUM;
	ndev->hw_features = ndev->features & ~NETIF_F_HIGHDMA;
	ndev->vlan_features = ndev->features;
	ndev->needed_headroom = ICENET_PAD;
}

static int icenet_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct net_device *ndev;
	struct icenet *nic;
	int i, ret;

	ndev = devm_alloc_etherdev(dev, sizeof(*nic));
	if (!ndev)
		return -ENOMEM;
	SET_NETDEV_DEV(ndev, dev);
	nic = netdev_priv(ndev);
	nic->ndev = ndev;
	nic->dev = dev;

	nic->regs = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(nic->regs))
		return PTR_ERR(nic->regs);
	for (i = 0; i < ARRAY_SIZE(nic->irq); i++) {
		nic->irq[i] = platform_get_irq(pdev, i);
		if (nic->irq[i] < 0)
			return nic->irq[i];
	}
	ret = dma_set_mask_and_coherent(dev, DMA_BIT_MASK(48));
	if (ret)
		return dev_err_probe(dev, ret, "no usable DMA addressing\n");
	ndev->tstats = devm_netdev_alloc_pcpu_stats(dev, struct pcpu_sw_netstats);
	if (!ndev->tstats)
		return -ENOMEM;

	writel(0, nic->regs + ICENET_INTERRUPTS);
	ret = icenet_find_kept(nic);
	if (ret)
		return ret;
	ret = icenet_tx_init(nic);
	if (ret)
		return ret;

	icenet_set_mac(nic);
	icenet_set_features(nic);
	ndev->netdev_ops = &icenet_netdev_ops;
	ndev->ethtool_ops = &icenet_ethtool_ops;
	netif_napi_add(ndev, &nic->napi, icenet_poll);
	ret = devm_register_netdev(dev, ndev);
	if (ret)
		return dev_err_probe(dev, ret, "cannot register the interface\n");

	netdev_info(ndev, "%pM, %u send and %u receive slots%s\n", ndev->dev_addr,
		    nic->tx_depth, nic->kept->rx_depth, nic->kept->checksum ? ", checksums" : "");
	return 0;
}

static const struct of_device_id icenet_of_match[] = {
	{ .compatible = "ucb-bar,ice-nic" },
	{ .compatible = "ucbbar,ice-nic" },
	{ }
};
MODULE_DEVICE_TABLE(of, icenet_of_match);

static struct platform_driver icenet_driver = {
	.probe	= icenet_probe,
	.driver	= {
		.name		= ICENET_NAME,
		.of_match_table	= icenet_of_match,
	},
};
module_platform_driver(icenet_driver);

MODULE_DESCRIPTION("FireSim network device");
MODULE_LICENSE("Dual BSD/GPL");
