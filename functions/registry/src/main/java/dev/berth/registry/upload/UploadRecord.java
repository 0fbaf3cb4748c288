package dev.berth.registry.upload;

import dev.berth.core.oci.Digest;
import java.util.Optional;

/**
 * An upload as the table has it. Uploads of one body have none before their commit.
 *
 * @param version one more with each write, so that of two writers one notices
 * @param apiParts what UploadLayerPart needs to know of the parts so far
 * @param committed the digest, once the state is COMMITTED
 */
record UploadRecord(
    Binding binding,
    long version,
    State state,
    Content content,
    ApiParts apiParts,
    Optional<Digest> committed) {

  enum State {
    OPEN,
    COMMITTED,
    CANCELLED,
    /** Expired, and its objects are about to be removed. */
    REAPED
  }

  /**
   * Parts of the API may not be small, but for the last one, and which one that is shows only at
   * the end.
   *
   * @param count how many there are
   * @param last the size of the last one, 0 before there is one
   * @param tooSmall whether one before it was too small
   */
  record ApiParts(long count, long last, boolean tooSmall) {
    static final ApiParts NONE = new ApiParts(0, 0, false);

    ApiParts with(long size, int smallest) {
      return new ApiParts(count + 1, size, tooSmall || (last > 0 && last < smallest));
    }
  }

  static UploadRecord open(Binding binding, long version, Content content, ApiParts apiParts) {
    return new UploadRecord(binding, version, State.OPEN, content, apiParts, Optional.empty());
  }

  static UploadRecord closed(
      Binding binding, long version, State state, Optional<Digest> committed) {
    return new UploadRecord(binding, version, state, Content.EMPTY, ApiParts.NONE, committed);
  }

  boolean isOpen() {
    return state == State.OPEN;
  }
}
