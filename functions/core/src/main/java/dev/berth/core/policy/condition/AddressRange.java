package dev.berth.core.policy.condition;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of IP addresses of one family, in CIDR notation (RFC 4632, RFC 4291); one address is the
 * range of itself.
 *
 * @param address 4 or 16 bytes
 * @param bits how many leading ones count
 */
record AddressRange(byte[] address, int bits) {

  /** The JDK takes older forms of addresses as well, which AWS does not. */
  private static final Pattern RANGE =
      Pattern.compile(
          "((?:[0-9]{1,3}\\.){3}[0-9]{1,3}|(?=.*:)[0-9a-fA-F:]+(?:\\.[0-9.]+)?)(?:/([0-9]{1,3}))?");

  static Optional<AddressRange> parse(String text) {
    Matcher range = RANGE.matcher(text);
    if (!range.matches()) {
      return Optional.empty();
    }
    try {
      byte[] address = InetAddress.ofLiteral(range.group(1)).getAddress();
      int most = 8 * address.length;
      int bits = range.group(2) == null ? most : Integer.parseInt(range.group(2));
      return bits <= most ? Optional.of(new AddressRange(address, bits)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean contains(AddressRange other) {
    if (address.length != other.address.length || other.bits < bits) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      int bit = 0x80 >> (i % 8);
      if ((address[i / 8] & bit) != (other.address[i / 8] & bit)) {
        return false;
      }
    }
    return true;
  }
}
