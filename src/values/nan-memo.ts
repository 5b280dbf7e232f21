/** Stands for a NaN in a key: equal to itself alone. A class of its own, since plain objects are dicts and no keys. */
class NanIdentity {
  readonly slot: number;

  constructor(slot: number) {
    this.slot = slot;
  }
}

/** What the keys of one decode have in common as to NaNs. */
export class NanMemo {
  /** By tuple as it was made: the tuple to compare by. It is the same where no NaN is inside. */
  readonly tuples = new Map<unknown, readonly unknown[]>();
  private readonly nans = new Map<number, NanIdentity>();

  /** What stands for the NaN in a slot. */
  identityOf(slot: number): object {
    let identity = this.nans.get(slot);
    if (identity === undefined) this.nans.set(slot, (identity = new NanIdentity(slot)));
    return identity;
  }
}
