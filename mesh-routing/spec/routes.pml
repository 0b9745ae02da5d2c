/*
 * The update rules U1 to U7, U9 and U10 of the routing engine, for one destination and N routers.
 * README.md beside this file says what is modelled, what is not, and which rule each line stands for.
 *
 * A distance (Seq s, metric m) is one number, the smaller the better: rank = (S - s) * W + m. NONE, the worst, is "no
 * feasibility distance". The destination is not a router: it is an environment that offers any rank it could ever have
 * announced (s in 1..S, m in 0..ENV) to any router at any time. That is more than a destination with lost, delayed and
 * repeated adverts, bumps and reboots could do, and it needs no state.
 *
 * Time is counted in ticks. What lives T is usable for T ticks and gone with the next; a router may forget once more
 * than H ticks have passed. Any number of steps may lie between two ticks.
 */
#ifndef N
#define N 2     /* routers beside the destination: 2 to 4 */
#endif
#ifndef S
#define S 2     /* sequence numbers of the destination */
#endif
#ifndef M
#define M 3     /* greatest metric; more is unreachable */
#endif
#ifndef ENV
#define ENV 1   /* greatest metric that the destination's side announces: 0 or 1 */
#endif
#ifndef COST
#define COST 2  /* a hop costs 1, or 1 or 2 at any time: 1 or 2 */
#endif
#ifndef B
#define B 2     /* adverts of one router in flight */
#endif
#ifndef L
#define L 2     /* route life */
#endif
#ifndef A
#define A 1     /* life of a stored advert */
#endif
#ifndef D
#define D 1     /* message life */
#endif
#ifndef H
#define H (L + A + D)   /* tombstone (U6) */
#endif

#define W (M + 1)
#define NONE (S * W)
#define SEQ(r) ((r) / W)                    /* smaller is newer */
#define REACHES(r, c) ((r) % W + (c) <= M)  /* the metric does not saturate */

/* An advert in the air: 0, or 1 + ((rank * 2 + stale) * 8 + age); stale: its sender has restarted since. */
#define ADVERT(r) (1 + (r) * 16)
#define RANK(x) (((x) - 1) / 16)
#define STALE(x) (((x) - 1) / 8 % 2)
#define AGE(x) (((x) - 1) % 8)

/* Next hops. With a stale session, HOP(j) is a boot of j that is over and forwards nothing. */
#define NOBODY 0
#define DEST 1
#define HOP(j) (2 + (j))

byte fd[N] = NONE;      /* feasibility distance */
byte hold[N];           /* ticks until FD may be forgotten */
byte next[N];           /* NOBODY, DEST, HOP(j); a BROKEN route that may recover counts as a route */
byte adv[N];            /* the rank that the next hop announced; its metric plus the hop's cost of now is the route's */
byte life[N];           /* ticks left of a route over a router */
byte bag[N * B];        /* what i has in the air: anybody takes any of it, at any time, any number of times, or never */
#ifdef MERGED
#define STORED(i, j) 0
#define NO_STORED(i, j) skip
#define BAG_LIFE (D + A)
#else
#define STORED(i, j) stored[(i) * N + (j)]
#define NO_STORED(i, j) STORED(i, j) = 0
byte stored[N * N];     /* what i stored of j, as an advert; as stale as the session */
#define BAG_LIFE D
#endif
#define OLD(i, j) old[(i) * N + (j)]
bool old[N * N];        /* i still holds the session with a former boot of j */
#ifdef DATA             /* DATA in flight; a frame names its receiver's boot */
#define ACKS
#define SENT(i, j) sent[(i) * N + (j)]
byte sent[N * N];       /* DATA of i to j, as an advert whose rank is the FD of i that it carries */
#endif
#ifdef ACKS
#define ACKED(i, j) acked[(i) * N + (j)]
byte acked[N * N];      /* j acknowledged DATA of i: 1 + ticks of life that this acknowledgement can still give */
#endif

byte k, k2, at, x;      /* scratch: 0 between steps */

/* --- the rules that mutants break -------------------------------------------------------------------------------- */

#if defined(M_U1_NONSTRICT)
#define FEASIBLE(i, r) ((r) <= fd[i])
#elif defined(M_U1_CURRENT)
#define FEASIBLE(i, r) (next[i] == NOBODY || (r) < adv[i])
#elif defined(M_U2_ANY)
#define FEASIBLE(i, r) ((r) < fd[i] || next[i] == NOBODY)
#else
#define FEASIBLE(i, r) ((r) < fd[i])        /* U1, U2 */
#endif

#ifdef UNTIMED
#define LIFE(age) 0
#elif defined(LIFE_FROM_ADVERT)
#define LIFE(age) (L - (age))               /* the engine: L from the advert */
#else
#define LIFE(age) L                         /* the design: L from the selection */
#endif

#ifdef M_U5
#define LOSE(i) next[i] = NOBODY; adv[i] = 0; life[i] = 0; fd[i] = NONE; hold[i] = 0
#else
#define LOSE(i) next[i] = NOBODY; adv[i] = 0; life[i] = 0   /* U5: FD is not touched */
#endif

#ifdef UNTIMED
#define HOLD(i) skip
#else
#define HOLD(i) hold[i] = H + 1
#endif

#ifdef M_U3_IMPROVE
#define EMITTED(i, r) skip
#else
#define EMITTED(i, r) IMPROVE(i, r)         /* U3: FD improves before the frame leaves */
#endif

/* --- properties --------------------------------------------------------------------------------------------------- */

#define SUCCESSOR(i) (next[i] < HOP(0) -> N : (OLD(i, next[i] - HOP(0)) -> N : next[i] - HOP(0)))

#ifdef ONLY_LONG                            /* are cycles of more than two routers found, too? */
#define SHORT || SUCCESSOR(SUCCESSOR(at)) == at
#else
#define SHORT
#endif

#ifdef NO_I1
#define CHECK_I1 skip
#else
#define CHECK_I1 /* the successor graph over (router, boot) has no cycle: N steps from anywhere lead out of it */ \
    for (k : 0 .. N - 1) { \
        at = k; \
        for (k2 : 1 .. N) { if :: at < N -> at = SUCCESSOR(at) :: else fi } \
        assert(at == N SHORT) /* I1 */ \
    }
#endif

#ifdef NO_I2
#define CHECK_I2 skip
#else
#define CHECK_I2 /* FD falls strictly along each live edge */ \
    for (k : 0 .. N - 1) { \
        at = SUCCESSOR(k); \
        if :: at < N -> assert(fd[at] < fd[k]) /* I2 */ :: else fi \
    }
#endif

#define CHECK CHECK_I1; CHECK_I2; CANONICAL k = 0; k2 = 0; at = 0; x = 0

/* All routers are alike: with SYMMETRY a state and the same with other names are one. */
#ifdef SYMMETRY
#define EXCHANGE(a, b) x = a; a = b; b = x
#define BEFORE(i, j) \
    (fd[i] < fd[j] || fd[i] == fd[j] && \
    (hold[i] < hold[j] || hold[i] == hold[j] && \
    (adv[i] < adv[j] || adv[i] == adv[j] && \
    (life[i] < life[j] || life[i] == life[j] && \
    (bag[i * B] < bag[j * B] || bag[i * B] == bag[j * B] && bag[i * B + B - 1] < bag[j * B + B - 1])))))
#define ORDER(i, j) \
    if :: BEFORE(j, i) -> \
        EXCHANGE(fd[i], fd[j]); EXCHANGE(hold[i], hold[j]); EXCHANGE(next[i], next[j]); EXCHANGE(adv[i], adv[j]); \
        EXCHANGE(life[i], life[j]); \
        for (k : 0 .. B - 1) { EXCHANGE(bag[i * B + k], bag[j * B + k]) } \
        for (k : 0 .. N - 1) { EXCHANGE(OLD(i, k), OLD(j, k)); EXCHANGE_STORED(i, k, j, k) } \
        for (k : 0 .. N - 1) { EXCHANGE(OLD(k, i), OLD(k, j)); EXCHANGE_STORED(k, i, k, j) } \
        for (k : 0 .. N - 1) { \
            if :: next[k] == HOP(i) -> next[k] = HOP(j) :: next[k] == HOP(j) -> next[k] = HOP(i) :: else fi \
        } \
    :: else fi;
#ifdef MERGED
#define EXCHANGE_STORED(i, j, i2, j2) skip
#elif defined(DATA)
#define EXCHANGE_STORED(i, j, i2, j2) \
    EXCHANGE(STORED(i, j), STORED(i2, j2)); EXCHANGE(ACKED(i, j), ACKED(i2, j2)); EXCHANGE(SENT(i, j), SENT(i2, j2))
#elif defined(ACKS)
#define EXCHANGE_STORED(i, j, i2, j2) \
    EXCHANGE(STORED(i, j), STORED(i2, j2)); EXCHANGE(ACKED(i, j), ACKED(i2, j2))
#else
#define EXCHANGE_STORED(i, j, i2, j2) EXCHANGE(STORED(i, j), STORED(i2, j2))
#endif
#if N == 2
#define CANONICAL ORDER(0, 1)
#elif N == 3
#define CANONICAL ORDER(0, 1) ORDER(1, 2) ORDER(0, 1)
#else
#define CANONICAL ORDER(0, 1) ORDER(1, 2) ORDER(2, 3) ORDER(0, 1) ORDER(1, 2) ORDER(0, 1)
#endif
#else
#define CANONICAL
#endif

/* With SHOW, `spin -t` tells a trail step by step. */
#ifdef SHOW
mtype = { emits, emits_relayed, receives, selects, selects_dest, hears_dest, loses, loses_and_renews, forgets, reboots,
    meets, sends_data, has_data_arrive, is_acked, extends, sends_and_extends };
#define SAY(what, i, j, r) printf("router %d %e (%d): Seq %d, metric %d\n", i, what, j, S - SEQ(r), (r) % W);
#define SAY_TICK(z) if :: z < N -> printf("tick, but not for router %d\n", z) :: else -> printf("tick\n") fi;
#else
#define SAY(what, i, j, r)
#define SAY_TICK(z)
#endif

/* --- parts of steps ----------------------------------------------------------------------------------------------- */

#define IMPROVE(i, r) if :: (r) < fd[i] -> fd[i] = (r) :: else fi

#define INSTALL(i, to, r, c, lives) next[i] = to; adv[i] = (r); life[i] = lives; IMPROVE(i, (r) + (c))

/* A bag is kept in order, so that the same adverts are the same state. */
#if B == 1
#define SORT(i) skip
#else
#define SORT(i) \
    for (k2 : 2 .. B) { \
        for (k : 1 .. B - 1) { \
            if :: bag[i * B + k - 1] > bag[i * B + k] -> \
                x = bag[i * B + k]; bag[i * B + k] = bag[i * B + k - 1]; bag[i * B + k - 1] = x \
            :: else fi \
        } \
    }
#endif

/* Into slot s, whose advert is lost. An advert that is sent again takes its older copy's place: it outlives it. */
#define PUT(i, s, r) \
    at = s; \
    for (k : 0 .. B - 1) { \
        if :: bag[i * B + k] > 0 && RANK(bag[i * B + k]) == (r) && !STALE(bag[i * B + k]) -> at = k :: else fi \
    } \
    bag[i * B + at] = ADVERT(r); \
    SORT(i)

/* --- steps -------------------------------------------------------------------------------------------------------- */

/* U3: HELLO, RREQ, RREP, TELL or the R flag, with the hop's cost of now. Only a full bag loses something. */
#define EMIT(i, c, s) \
    :: d_step { next[i] != NOBODY && REACHES(adv[i], c) && (s == 0 || bag[i * B] > 0) -> \
        EMITTED(i, adv[i] + c); \
        HOLD(i); \
        SAY(emits, i, i, adv[i] + c) \
        PUT(i, s, adv[i] + c); \
        CHECK }

/* The mutant of U3: i relays a message of the destination that has Seq (S - q) with the metric of its own, older route. */
#define EMIT_RELAYED(i, c, q) \
    :: d_step { next[i] != NOBODY && REACHES(adv[i], c) && q < SEQ(adv[i]) -> \
        at = q * W + adv[i] % W + c; x = at; \
        IMPROVE(i, at); \
        HOLD(i); \
        SAY(emits_relayed, i, i, q * W + adv[i] % W + c) \
        PUT(i, 0, q * W + adv[i] % W + c); \
        CHECK }

/*
 * U4: what changes the route in place. DORMANT: a route over a link that is heard but not reached also takes a newer Seq,
 * and FD improves only when the route is used again, here: announced or selected.
 */
#ifdef DORMANT
#define RENEWS(i, r) (SEQ(r) == SEQ(adv[i]) || SEQ(r) < SEQ(adv[i]) && FEASIBLE(i, r))
#else
#define RENEWS(i, r) (SEQ(r) == SEQ(adv[i]))
#endif

/* U1: i hears an advert of j and stores it, feasible or not. U4, U9: the same Seq from the next hop changes the route. */
#ifdef MERGED
#define TAKE(i, j, s) \
    :: d_step { bag[j * B + s] > 0 && STALE(bag[j * B + s]) == OLD(i, j) && AGE(bag[j * B + s]) <= D -> \
        x = RANK(bag[j * B + s]); \
        SAY(receives, i, j, x) \
        if :: next[i] == HOP(j) && RENEWS(i, x) -> adv[i] = x; life[i] = LIFE(0) :: else fi; \
        CHECK }
#else
#define TAKE(i, j, s) \
    :: d_step { bag[j * B + s] > 0 && STALE(bag[j * B + s]) == OLD(i, j) -> \
        x = RANK(bag[j * B + s]); \
        SAY(receives, i, j, x) \
        STORED(i, j) = ADVERT(x); \
        if :: next[i] == HOP(j) && RENEWS(i, x) -> adv[i] = x; life[i] = LIFE(0) :: else fi; \
        CHECK }
#endif

/* U2: a new route, a better route, a newer Seq or local repair. The stored copy stays as it is and grows old. */
#ifdef MERGED
#define SELECT(i, j, s, c) \
    :: d_step { bag[j * B + s] > 0 && STALE(bag[j * B + s]) == OLD(i, j) && \
            FEASIBLE(i, RANK(bag[j * B + s])) && REACHES(RANK(bag[j * B + s]), c) -> \
        SAY(selects, i, j, RANK(bag[j * B + s])) \
        INSTALL(i, HOP(j), RANK(bag[j * B + s]), c, \
            LIFE((AGE(bag[j * B + s]) > D -> AGE(bag[j * B + s]) - D : 0))); \
        CHECK }
#else
#define SELECT(i, j, s, c) \
    :: d_step { STORED(i, j) > 0 && FEASIBLE(i, RANK(STORED(i, j))) && REACHES(RANK(STORED(i, j)), c) -> \
        SAY(selects, i, j, RANK(STORED(i, j))) \
        INSTALL(i, HOP(j), RANK(STORED(i, j)), c, LIFE(AGE(STORED(i, j)))); \
        CHECK }
#endif

/* The same for an advert of the destination's side, whenever it may have been sent. Its edge needs no life. */
#define OFFER(i, q, m, c) \
    :: d_step { FEASIBLE(i, q * W + m) && REACHES(m, c) -> \
        SAY(selects_dest, i, i, q * W + m) \
        INSTALL(i, DEST, q * W + m, c, 0); \
        CHECK } \
    :: d_step { next[i] == DEST && adv[i] != q * W + m && RENEWS(i, q * W + m) -> \
        SAY(hears_dest, i, i, q * W + m) \
        adv[i] = q * W + m; \
        CHECK }

/* U5: RERR, refusal, a failed link, expiry: at any time, so the conditions of U5 do not matter here. */
#ifdef M_RENEW
#define INVALIDATE(i) \
    :: d_step { next[i] != NOBODY -> \
        if :: next[i] >= HOP(0) -> STORED(i, next[i] - HOP(0)) = ADVERT(adv[i]) :: else fi; \
        SAY(loses_and_renews, i, i, adv[i]) \
        LOSE(i); \
        CHECK }
#else
#define INVALIDATE(i) :: d_step { next[i] != NOBODY -> SAY(loses, i, i, adv[i]) LOSE(i); CHECK }
#endif

/* U6. The engine forgets later: only with no stored advert and no message left for the destination. */
#define FORGET(i) \
    :: d_step { fd[i] != NONE && next[i] == NOBODY && hold[i] == 0 -> \
        SAY(forgets, i, i, fd[i]) \
        fd[i] = NONE; \
        CHECK }

/* U7: everything of j is gone, and it acts at once. What the others hold of it, and what is in the air, is of a former boot. */
#ifdef M_U7
#define NEW_BOOT(i, j) skip
#define STALE_BAG(j) skip
#else
#define NEW_BOOT(i, j) \
    if :: next[i] == HOP(j) || STORED(i, j) > 0 || bag[j * B + B - 1] > 0 -> OLD(i, j) = 1 :: else -> NO_ACK(i, j) fi
#define STALE_BAG(j) \
    for (k : 0 .. B - 1) { \
        if :: bag[j * B + k] > 0 && !STALE(bag[j * B + k]) -> bag[j * B + k] = bag[j * B + k] + 8 :: else fi \
    } \
    SORT(j)
#endif
#define REBOOT(j) \
    :: d_step { fd[j] != NONE || next[j] != NOBODY -> \
        SAY(reboots, j, j, fd[j]) \
        fd[j] = NONE; hold[j] = 0; next[j] = NOBODY; adv[j] = 0; life[j] = 0; \
        for (k : 0 .. N - 1) { \
            if :: k != j -> NEW_BOOT(k, j); LOST_DATA(k, j); OLD(j, k) = 0; NO_STORED(j, k); NO_ACK(j, k) :: else fi \
        } \
        STALE_BAG(j); \
        CHECK }

/* U7: i learns, by the challenge, that j has restarted. */
#define MEET(i, j) \
    :: d_step { OLD(i, j) -> \
        SAY(meets, i, j, 0) \
        OLD(i, j) = 0; NO_STORED(i, j); NO_ACK(i, j); \
        if :: next[i] == HOP(j) -> LOSE(i) :: else fi; \
        CHECK }

/*
 * U8, U6, U9: j acknowledges DATA of i, first sent just now (had it been sent earlier, it would extend less). With DATA
 * it has travelled since, with the feasibility distance that i had then: U8 may raise no false alarm.
 */
#ifdef ACKS
#ifdef DATA
#define NO_ACK(i, j) ACKED(i, j) = 0; SENT(i, j) = 0
#define LOST_DATA(i, j) SENT(i, j) = 0
#else
#define NO_ACK(i, j) ACKED(i, j) = 0
#define LOST_DATA(i, j) skip
#endif
#ifdef M_U6_ACK
#define HELD(j)
#else
#define HELD(j) HOLD(j);
#endif
#define ACK(i, j) \
    :: d_step { next[i] == HOP(j) && !OLD(i, j) && fd[j] < fd[i] -> \
        SAY(is_acked, i, j, adv[i]) \
        HELD(j) \
        ACKED(i, j) = L + 1; \
        CHECK }
#ifdef DATA
#undef ACK
#define ACK(i, j) \
    :: d_step { next[i] == HOP(j) && !OLD(i, j) -> \
        SAY(sends_data, i, j, fd[i]) \
        SENT(i, j) = ADVERT(fd[i]); \
        CHECK } \
    :: d_step { SENT(i, j) > 0 && fd[j] != NONE -> \
        SAY(has_data_arrive, i, j, fd[j]) \
        assert(fd[j] < RANK(SENT(i, j))); /* U8 */ \
        HELD(j) \
        ACKED(i, j) = L + 1 - AGE(SENT(i, j)); \
        CHECK }
#endif
/* i hears of the acknowledgement, at any time later, if j is the next hop then. */
#if defined(M_U9_SEND)
#define EXTEND(i, j) :: d_step { next[i] == HOP(j) -> SAY(sends_and_extends, i, j, adv[i]) life[i] = L; CHECK }
#elif defined(M_U9_RECEIPT)
#define EXTEND(i, j) \
    :: d_step { ACKED(i, j) > 0 && next[i] == HOP(j) -> \
        SAY(extends, i, j, adv[i]) \
        life[i] = L; \
        ACKED(i, j) = 0; \
        CHECK }
#else
#define EXTEND(i, j) \
    :: d_step { ACKED(i, j) > 0 && next[i] == HOP(j) && life[i] < ACKED(i, j) - 1 -> \
        SAY(extends, i, j, adv[i]) \
        life[i] = ACKED(i, j) - 1; \
        CHECK }
#endif
#else
#define NO_ACK(i, j) skip
#define LOST_DATA(i, j) skip
#define ACK(i, j)
#define EXTEND(i, j)
#endif

/* --- time --------------------------------------------------------------------------------------------------------- */

#ifdef M_D
#define BAG_AGES(i) skip                    /* nobody drops what is old */
#else
#define BAG_AGES(i) \
    for (k : 0 .. B - 1) { \
        if \
        :: bag[i * B + k] == 0 \
        :: else -> if :: AGE(bag[i * B + k]) == BAG_LIFE -> bag[i * B + k] = 0 :: else -> bag[i * B + k] = bag[i * B + k] + 1 fi \
        fi \
    } \
    SORT(i)
#endif

#if defined(ACKS) && !defined(M_U9_RECEIPT)
#define ACK_AGES(i, j) if :: ACKED(i, j) > 0 -> ACKED(i, j) = ACKED(i, j) - 1 :: else fi; SENT_AGES(i, j)
#ifdef DATA
#define SENT_AGES(i, j) \
    if \
    :: SENT(i, j) == 0 \
    :: else -> if :: AGE(SENT(i, j)) == D -> SENT(i, j) = 0 :: else -> SENT(i, j) = SENT(i, j) + 1 fi \
    fi
#else
#define SENT_AGES(i, j) skip
#endif
#else
#define ACK_AGES(i, j) skip
#endif

#ifdef MERGED
#define STORED_AGES(i, j) skip
#else
#define STORED_AGES(i, j) \
    if \
    :: STORED(i, j) == 0 \
    :: else -> if :: AGE(STORED(i, j)) == A -> STORED(i, j) = 0 :: else -> STORED(i, j) = STORED(i, j) + 1 fi \
    fi
#endif

#define CLOCK(i) \
    if :: hold[i] > 0 -> hold[i] = hold[i] - 1 :: else fi; \
    if :: next[i] < HOP(0) :: else -> if :: life[i] == 0 -> LOSE(i) :: else -> life[i] = life[i] - 1 fi fi; \
    for (k : 0 .. N - 1) { STORED_AGES(i, k); ACK_AGES(i, k) }

/* A session with a former boot of which nothing is left is as good as one with the present boot. */
#define TIDY(i, j) \
    if :: OLD(i, j) && next[i] != HOP(j) && STORED(i, j) == 0 -> \
        x = 0; \
        for (k : 0 .. B - 1) { if :: bag[j * B + k] > 0 && STALE(bag[j * B + k]) -> x = 1 :: else fi } \
        if :: x == 0 -> OLD(i, j) = 0; NO_ACK(i, j) :: else fi \
    :: else fi;

/* All clocks but that of z, which sleeps and notices nothing: possible with the mutant of the stall rule only. */
#define CLOCK_BUT(i, z) BAG_AGES(i); if :: i != z -> CLOCK(i) :: else fi;

#if N == 2
#define EACH(f) f(0) f(1)
#define PAIRS(f) f(0, 1) f(1, 0)
#define CLOCKS(z) CLOCK_BUT(0, z) CLOCK_BUT(1, z)
#elif N == 3
#define EACH(f) f(0) f(1) f(2)
#define PAIRS(f) f(0, 1) f(0, 2) f(1, 0) f(1, 2) f(2, 0) f(2, 1)
#define CLOCKS(z) CLOCK_BUT(0, z) CLOCK_BUT(1, z) CLOCK_BUT(2, z)
#else
#define EACH(f) f(0) f(1) f(2) f(3)
#define PAIRS(f) f(0, 1) f(0, 2) f(0, 3) f(1, 0) f(1, 2) f(1, 3) f(2, 0) f(2, 1) f(2, 3) f(3, 0) f(3, 1) f(3, 2)
#define CLOCKS(z) CLOCK_BUT(0, z) CLOCK_BUT(1, z) CLOCK_BUT(2, z) CLOCK_BUT(3, z)
#endif

#define TICK(z) :: d_step { true -> SAY_TICK(z) CLOCKS(z) PAIRS(TIDY) CHECK }

#if COST == 1
#define EMITS_TO(i, s) EMIT(i, 1, s)
#define SELECTS_OF(i, j, s) SELECT(i, j, s, 1)
#define OFFER_OF(i, q, m) OFFER(i, q, m, 1)
#else
#define EMITS_TO(i, s) EMIT(i, 1, s) EMIT(i, 2, s)
#define SELECTS_OF(i, j, s) SELECT(i, j, s, 1) SELECT(i, j, s, 2)
#define OFFER_OF(i, q, m) OFFER(i, q, m, 1) OFFER(i, q, m, 2)
#endif
#if B == 1
#define EMITS(i) EMITS_TO(i, 0)
#define TAKES(i, j) TAKE(i, j, 0)
#elif B == 2
#define EMITS(i) EMITS_TO(i, 0) EMITS_TO(i, 1)
#define TAKES(i, j) TAKE(i, j, 0) TAKE(i, j, 1)
#else
#define EMITS(i) EMITS_TO(i, 0) EMITS_TO(i, 1) EMITS_TO(i, 2)
#define TAKES(i, j) TAKE(i, j, 0) TAKE(i, j, 1) TAKE(i, j, 2)
#endif
#if B == 1 || !defined(MERGED)
#define SELECTS(i, j) SELECTS_OF(i, j, 0)
#elif B == 2
#define SELECTS(i, j) SELECTS_OF(i, j, 0) SELECTS_OF(i, j, 1)
#else
#define SELECTS(i, j) SELECTS_OF(i, j, 0) SELECTS_OF(i, j, 1) SELECTS_OF(i, j, 2)
#endif
#if ENV == 0
#define OFFERS_OF(i, q) OFFER_OF(i, q, 0)
#else
#define OFFERS_OF(i, q) OFFER_OF(i, q, 0) OFFER_OF(i, q, 1)
#endif
#if S == 1
#define OFFERS(i) OFFERS_OF(i, 0)
#elif S == 2
#define OFFERS(i) OFFERS_OF(i, 0) OFFERS_OF(i, 1)
#else
#define OFFERS(i) OFFERS_OF(i, 0) OFFERS_OF(i, 1) OFFERS_OF(i, 2)
#endif

init {
    do
    EACH(OFFERS)
    EACH(EMITS)
    PAIRS(TAKES)
    PAIRS(SELECTS)
    EACH(INVALIDATE)
#ifndef UNTIMED
    EACH(FORGET)
    TICK(N)
#endif
    PAIRS(ACK)
    PAIRS(EXTEND)
#ifndef NO_REBOOT
    EACH(REBOOT)
    PAIRS(MEET)
#endif
#ifdef M_STALL
    TICK(0)
#endif
#ifdef M_U3_SEQ
    EMIT_RELAYED(0, 1, 0)
    EMIT_RELAYED(1, 1, 0)
#endif
    od
}
