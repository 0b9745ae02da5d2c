package io.thicket.sim.reference;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkId;

/** Where a neighbour is: an address on one of the own links. */
record Port(LinkId link, LinkAddress address) {}
