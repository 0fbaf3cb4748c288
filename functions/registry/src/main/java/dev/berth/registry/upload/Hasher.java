package dev.berth.registry.upload;

import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Sha256State;
import java.security.MessageDigest;

/** Takes the hash of an upload's bytes as they go by. One body, one thread at a time. */
sealed interface Hasher {

  void update(byte[] bytes, int offset, int count);

  /** What is known of the upload's hash behind the last byte. Ends the hasher. */
  Hash end();

  /** The same while bytes still come, for a writer that may never get to the end. */
  default Hash soFar() {
    return new Hash.Unknown();
  }

  /** For bytes from an upload's beginning: by the JDK, the fastest. */
  static Hasher fromTheBeginning(Algorithm algorithm) {
    return new Finishing(algorithm, algorithm.newMessageDigest());
  }

  /** For a chunk that is followed by others: slower, but the hash can be carried on. */
  static Hasher ofChunk(Content before, long size, Algorithm algorithm) {
    if (size > PartSizes.LARGEST_HASHED_CHUNK || algorithm != Algorithm.SHA256) {
      return before.received() == 0 ? fromTheBeginning(algorithm) : new Skipping();
    }
    if (before.received() == 0) {
      return new Carrying(new Sha256State());
    }
    return before.hash() instanceof Hash.Running(byte[] sha256)
        ? new Carrying(Sha256State.decode(sha256))
        : new Skipping();
  }

  /**
   * For a layer that comes in as many requests as it takes.
   *
   * @param carried whether it is too large to be read again if it does not come in one
   */
  static Hasher ofArrival(Content before, boolean carried, Algorithm algorithm) {
    if (before.hash() instanceof Hash.Running(byte[] sha256)) {
      return new Carrying(Sha256State.decode(sha256));
    }
    if (before.received() > 0) {
      return new Skipping();
    }
    return carried && algorithm == Algorithm.SHA256
        ? new Carrying(new Sha256State())
        : fromTheBeginning(algorithm);
  }

  record Finishing(Algorithm algorithm, MessageDigest hash) implements Hasher {
    @Override
    public void update(byte[] bytes, int offset, int count) {
      hash.update(bytes, offset, count);
    }

    @Override
    public Hash end() {
      return new Hash.Finished(Digest.of(algorithm, hash.digest()));
    }
  }

  record Carrying(Sha256State hash) implements Hasher {
    @Override
    public void update(byte[] bytes, int offset, int count) {
      hash.update(bytes, offset, count);
    }

    @Override
    public Hash end() {
      return new Hash.Running(hash.encode());
    }

    @Override
    public Hash soFar() {
      return end();
    }
  }

  record Skipping() implements Hasher {
    @Override
    public void update(byte[] bytes, int offset, int count) {
      // read again at the commit
    }

    @Override
    public Hash end() {
      return new Hash.Unknown();
    }
  }
}
