package dev.berth.registry.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.oci.Algorithm;
import dev.berth.registry.RegistryException.LimitExceeded;
import dev.berth.registry.store.Objects.Part;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a multipart write that an upload counts as its own. Writers that lost a race may
 * have left others; the numbers say which are ours and the chain of hashes that they are still the
 * parts that were written, so that the record stays small however many there are.
 *
 * @param key of the object that they become
 * @param numbers the part numbers, as {@link BitSet#toByteArray}
 * @param chain a hash over number, ETag and size of each, in order
 * @param size of all parts together, in bytes
 * @param next the first number that no writer has reserved
 */
record OpenParts(String key, String multipart, byte[] numbers, byte[] chain, long size, int next) {

  static OpenParts begun(String key, String multipart) {
    return new OpenParts(key, multipart, new byte[0], new byte[0], 0, 1);
  }

  /** With one more part behind the others; numbers above it are free again. */
  OpenParts with(Part part) {
    BitSet more = BitSet.valueOf(numbers);
    more.set(part.number());
    return new OpenParts(
        key,
        multipart,
        more.toByteArray(),
        chained(chain, part),
        size + part.size(),
        part.number() + 1);
  }

  /**
   * With the next numbers taken. Two writers of one upload never write parts under one number: a
   * slow one could put its part in the place of one that is counted already.
   */
  OpenParts reserving(int count) {
    if (next + count > PartSizes.MOST_PARTS) {
      throw new LimitExceeded("The upload has too many parts: begin another with larger ones.");
    }
    return new OpenParts(key, multipart, numbers, chain, size, next + count);
  }

  /** Ours among those that the store has; empty unless all are there and unchanged. */
  Optional<List<Part>> among(List<Part> stored) {
    BitSet ours = BitSet.valueOf(numbers);
    List<Part> chosen = new ArrayList<>();
    byte[] hash = new byte[0];
    for (Part part : stored) {
      if (ours.get(part.number())) {
        chosen.add(part);
        hash = chained(hash, part);
      }
    }
    return Arrays.equals(hash, chain) ? Optional.of(chosen) : Optional.empty();
  }

  private static byte[] chained(byte[] chain, Part part) {
    MessageDigest hash = Algorithm.SHA256.newMessageDigest();
    hash.update(chain);
    hash.update((part.number() + " " + part.size() + " " + part.etag()).getBytes(UTF_8));
    return hash.digest();
  }
}
