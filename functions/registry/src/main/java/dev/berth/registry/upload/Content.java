package dev.berth.registry.upload;

import java.util.Optional;

/**
 * The bytes that an upload holds: parts of a multipart write, then an object. Parts alone, an
 * object alone (a body that came whole, or too little for a part) or nothing are usual.
 */
record Content(Optional<OpenParts> parts, Optional<Piece> tail, Hash hash) {

  static final Content EMPTY = new Content(Optional.empty(), Optional.empty(), new Hash.Unknown());

  static Content of(Piece object, Hash hash) {
    return new Content(Optional.empty(), Optional.of(object), hash);
  }

  long received() {
    return parts.map(OpenParts::size).orElse(0L) + tail.map(Piece::size).orElse(0L);
  }
}
