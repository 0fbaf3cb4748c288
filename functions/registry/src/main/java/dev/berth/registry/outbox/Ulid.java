package dev.berth.registry.outbox;

import java.security.SecureRandom;
import java.time.Instant;

/**
 * Names that sort by the time of their making (ULID specification): 48 bits of milliseconds and 80
 * random ones, in 26 characters of Crockford's base 32. Two of one millisecond and process sort in
 * the order of their making.
 */
public final class Ulid {

  private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
  private static final int LENGTH = 26;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Ulid LAST = new Ulid();

  private long millis = Long.MIN_VALUE;
  private long high;
  private long low;

  private Ulid() {}

  /** A new one of this time. */
  public static String next(Instant at) {
    return LAST.after(at.toEpochMilli());
  }

  /** The random bits count on within a millisecond; 79 of them are drawn, so they never run out. */
  private synchronized String after(long now) {
    if (now == millis) {
      low++;
      high += low == 0 ? 1 : 0;
    } else {
      millis = now;
      high = RANDOM.nextInt(1 << 15);
      low = RANDOM.nextLong();
    }
    return text();
  }

  /** Five bits a character, the first of which has three only. */
  private String text() {
    var characters = new char[LENGTH];
    long upper = millis << 16 | high;
    long lower = low;
    for (int i = LENGTH - 1; i >= 0; i--) {
      characters[i] = ALPHABET[(int) (lower & 31)];
      lower = lower >>> 5 | upper << 59;
      upper >>>= 5;
    }
    return new String(characters);
  }
}
