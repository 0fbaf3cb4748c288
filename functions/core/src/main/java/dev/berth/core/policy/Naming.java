package dev.berth.core.policy;

/** How a resource policy names a caller, from the least to the most. */
public enum Naming {
  NOT,
  /** By the account: what it allows is for the account's own policies to hand on. */
  BY_ACCOUNT,
  /** A role's session by its role: its boundary and session policies limit what it allows. */
  BY_ROLE,
  /** By its own ARN, or as anyone: what is allowed needs no other policy in the same account. */
  DIRECTLY;

  Naming or(Naming other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
