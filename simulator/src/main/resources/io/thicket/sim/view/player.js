// Where one is in time, and how it goes on: paused, playing, or following a live run.

export const SPEEDS = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 300];

export class Player {
  constructor(run, moment, shown, trying) {
    Object.assign(this, { run, moment, shown, trying, speed: 10, playing: false, following: false, last: 0, wanted: null, going: null });
  }

  /** Goes to a time; of many wishes that come while one is fulfilled only the newest counts, and all of them end with it. */
  go(us) {
    this.wanted = { us: Math.max(0, Math.min(us, this.run.endUs)) };
    return this.#fulfil();
  }

  goEvent(number, index) {
    this.wanted = { number, index };
    return this.#fulfil();
  }

  get busy() { return this.going !== null; }

  /** Who comes while another wish is fulfilled waits as well: what is not done yet is no success. */
  #fulfil() {
    this.going ??= this.#go();
    return this.going;
  }

  async #go() {
    try {
      while (this.wanted) {
        const wish = this.wanted;
        this.wanted = null;
        try {
          if (wish.us === undefined) await this.moment.seekEvent(wish.number, wish.index);
          else await this.moment.seek(wish.us);
          this.shown();
        } catch (failure) {
          if (!this.wanted) throw failure; // a newer wish may work
        }
      }
    } finally {
      this.going = null;
    }
  }

  pause() { this.playing = false; this.following = false; this.shown(); }

  play() {
    if (this.moment.us >= this.run.endUs && this.run.state !== "live") this.moment.us = 0;
    this.playing = true;
    this.following = false;
    this.last = performance.now();
    this.shown();
    this.#turn();
  }

  toggle() { if (this.playing || this.following) this.pause(); else this.play(); }

  follow() { this.playing = false; this.following = true; this.grown(); }

  /** The run has grown. */
  grown() { if (this.following) this.trying(() => this.go(this.run.endUs)); }

  #turn() {
    requestAnimationFrame(async (now) => {
      if (!this.playing) return;
      const us = this.moment.us + Math.min(250, now - this.last) * 1000 * this.speed;
      this.last = now;
      let went = false;
      await this.trying(async () => {
        await this.go(us);
        went = true;
      });
      if (!went || (us >= this.run.endUs && this.run.state !== "live")) this.pause();
      if (this.playing) this.#turn();
    });
  }
}
