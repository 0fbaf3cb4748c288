package dev.berth.registry.upload;

import dev.berth.registry.store.Objects;
import dev.berth.registry.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Removes what nothing refers to any more. It is room that is won, not a promise: what cannot be
 * removed now is found by collection later, so a failure does not become the caller's.
 */
final class Discard {

  private static final Logger LOG = System.getLogger(Discard.class.getName());

  private Discard() {}

  static void parts(Objects objects, OpenParts parts) {
    quietly(parts.key(), () -> objects.abort(parts.key(), parts.multipart()));
  }

  static void object(Objects objects, Piece piece) {
    quietly(piece.key(), () -> objects.delete(piece.key()));
  }

  /** A commit that lost against a cancel may have joined the parts. */
  static void content(Objects objects, Content content) {
    content
        .parts()
        .ifPresent(
            parts -> {
              parts(objects, parts);
              object(objects, new Piece(parts.key(), parts.size()));
            });
    content.tail().ifPresent(piece -> object(objects, piece));
  }

  private static void quietly(String key, Runnable removal) {
    try {
      removal.run();
    } catch (StoreException e) {
      LOG.log(Level.WARNING, "cannot remove " + key + " now, collection will", e);
    }
  }
}
