package io.thicket.routing.wire;

/** One message of the mesh protocol: a CBOR map whose key 0 is the type. A record that exists can be encoded. */
public sealed interface MeshMessage
        permits Rreq,
                Rrep,
                Rerr,
                Hello,
                Ask,
                Tell,
                Reg,
                Data,
                DataFields,
                E2eAck,
                Chal,
                Trace,
                Probe,
                Ident,
                HopResult,
                Refused {
    /** The value of key 0: 1 RREQ to 13 IDENT, 14 HOPRESULT. */
    int type();
}
