package io.thicket.routing;

/** What a DATA message carries, so that the receiver hands it to the right part. The wire value is the ordinal. */
public enum PayloadType {
    /** A batch of readings for a gateway. */
    READINGS,
    /** One CoAP message between two nodes. */
    COAP,
    /** A signed IDENT of the originator: public key, name, roles. */
    IDENT
}
