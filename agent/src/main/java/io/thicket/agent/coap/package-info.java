/** CoAP: the envelope of hop messages, and the endpoint, resources and proxy that people and tools talk to. */
@NullMarked
package io.thicket.agent.coap;

import org.jspecify.annotations.NullMarked;
