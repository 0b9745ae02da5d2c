package io.thicket.agent.link;

/** Which IP a {@link UdpLink} speaks. */
public enum IpVersion {
    /** IPv6 if the interface has a link-local address, else IPv4. */
    AUTO,
    IPV6,
    IPV4
}
