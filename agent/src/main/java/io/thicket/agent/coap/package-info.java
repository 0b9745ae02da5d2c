/**
 * CoAP: the envelope of hop messages; resources and the forward proxy for people, tools and other nodes; end-to-end CoAP
 * over the mesh. The only package that imports Californium. On a node, everything here runs on the node's loop:
 * Californium gets no thread of its own.
 */
@NullMarked
package io.thicket.agent.coap;

import org.jspecify.annotations.NullMarked;
