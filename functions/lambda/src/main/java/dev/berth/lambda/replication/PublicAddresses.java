package dev.berth.lambda.replication;

import java.net.InetAddress;
import java.util.List;

/**
 * Tells the addresses of the internet from those that mean something else: this machine, its
 * network, the services of a cloud around it (IANA's registries of special-purpose addresses).
 */
final class PublicAddresses {

  private static final List<Block> SPECIAL =
      List.of(
          Block.of("0.0.0.0", 8),
          Block.of("10.0.0.0", 8),
          Block.of("100.64.0.0", 10),
          Block.of("127.0.0.0", 8),
          Block.of("169.254.0.0", 16),
          Block.of("172.16.0.0", 12),
          Block.of("192.0.0.0", 24),
          Block.of("192.0.2.0", 24),
          Block.of("192.88.99.0", 24),
          Block.of("192.168.0.0", 16),
          Block.of("198.18.0.0", 15),
          Block.of("198.51.100.0", 24),
          Block.of("203.0.113.0", 24),
          Block.of("224.0.0.0", 3),
          // of protocols, Teredo's among them, whose addresses have others in them
          Block.of("2001::", 23),
          Block.of("2001:db8::", 32),
          // 6to4, likewise
          Block.of("2002::", 16),
          Block.of("3fff::", 20));

  /** Beyond it no address of version 6 is the internet's. */
  private static final Block GLOBAL_UNICAST = Block.of("2000::", 3);

  private PublicAddresses() {}

  /**
   * Addresses that begin with the same bits.
   *
   * @param first its bytes
   */
  private record Block(byte[] first, int bits) {

    static Block of(String first, int bits) {
      return new Block(InetAddress.ofLiteral(first).getAddress(), bits);
    }

    boolean has(byte[] address) {
      if (address.length != first.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> bit % Byte.SIZE;
        if (((address[bit / Byte.SIZE] ^ first[bit / Byte.SIZE]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  /** An address of version 4 in version 6 is of version 4 to Java. */
  static boolean has(InetAddress address) {
    byte[] bytes = address.getAddress();
    return (bytes.length == 4 || GLOBAL_UNICAST.has(bytes))
        && SPECIAL.stream().noneMatch(block -> block.has(bytes));
  }
}
