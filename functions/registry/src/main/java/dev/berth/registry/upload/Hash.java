package dev.berth.registry.upload;

import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Sha256State;
import java.util.Optional;

/** What is known of the hash of the bytes that an upload holds. */
sealed interface Hash {

  /** Nothing: they are read again at the commit. */
  record Unknown() implements Hash {}

  /** A SHA-256 that can be carried on with further bytes, as {@link Sha256State} encodes it. */
  record Running(byte[] sha256) implements Hash {}

  /** The digest, finished. */
  record Finished(Digest digest) implements Hash {}

  /** The digest by this algorithm, if it can be told without the bytes. */
  default Optional<Digest> by(Algorithm algorithm) {
    return switch (this) {
      case Running(byte[] sha256) when algorithm == Algorithm.SHA256 ->
          Optional.of(Sha256State.decode(sha256).digest());
      case Finished(Digest digest) when digest.algorithm() == algorithm -> Optional.of(digest);
      default -> Optional.empty();
    };
  }
}
