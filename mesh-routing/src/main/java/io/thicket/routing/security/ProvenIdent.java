package io.thicket.routing.security;

import io.thicket.routing.Identity;
import io.thicket.routing.wire.Ident;

/** An IDENT whose signature was verified, and what it says. It shares storage with no frame. */
public record ProvenIdent(Ident ident, Identity identity) {}
