package dev.berth.registry.upload;

import dev.berth.registry.RegistryException.BodyTruncated;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Objects.Part;
import dev.berth.registry.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts one body behind what an upload holds: while one buffer is filled from the client, the one
 * before it is written and hashed. Nothing that others can see changes but by the checkpoint.
 */
final class Assembly {

  private final Objects objects;
  private final PartSizes sizes;
  private final LayerSize largest;
  private final Binding binding;
  private final Consumer<Content> checkpoint;

  private final Content before;
  private final Hasher hasher;
  private final BodyReader reader;

  private final List<PartBuffer> buffers = new ArrayList<>();
  private final List<Part> written = new ArrayList<>();
  private Optional<OpenParts> parts;
  private Optional<Piece> tail;
  private Optional<InFlight> inFlight = Optional.empty();
  private int firstUnreserved;
  private boolean shared;

  /**
   * @param checkpoint takes note, for others to see, of what is there; throws when the upload has
   *     moved on without this writer
   */
  Assembly(
      Objects objects,
      PartSizes sizes,
      LayerSize largest,
      Binding binding,
      Consumer<Content> checkpoint,
      Content before,
      Hasher hasher,
      Body body) {
    this.objects = objects;
    this.sizes = sizes;
    this.largest = largest;
    this.binding = binding;
    this.checkpoint = checkpoint;
    this.before = before;
    this.hasher = hasher;
    this.reader = new BodyReader(body);
    this.parts = before.parts();
    this.tail = before.tail();
    this.shared = parts.isPresent();
    this.firstUnreserved = parts.map(OpenParts::next).orElse(0);
  }

  /** What came of a body: all of it or, if it was truncated, what arrived. */
  record Result(Content content, long read, Optional<BodyTruncated> truncated) {}

  /** Writes the body as a chunk: further ones may follow. */
  Result append() {
    return guarded(() -> keep(stream()));
  }

  /** Writes the body as an object of its own; one that is truncated is kept as a chunk. */
  Result whole() {
    return guarded(
        () -> {
          PartBuffer last = stream();
          return reader.truncated().isPresent() ? keep(last) : close(last);
        });
  }

  private interface Work {
    Content run() throws IOException;
  }

  private Result guarded(Work work) {
    boolean done = false;
    try {
      var result = new Result(work.run(), reader.read(), reader.truncated());
      done = true;
      return result;
    } catch (IOException e) {
      throw new StoreException("cannot read the tail of upload " + binding.uploadId(), e);
    } finally {
      if (!done) {
        abandon();
      }
      buffers.forEach(PartBuffer::release);
    }
  }

  /**
   * @return the buffer with the end of the body, which is not written yet
   */
  private PartBuffer stream() throws IOException {
    PartBuffer filling = buffer(reader.expected());
    seed(filling);
    fill(filling);
    Optional<PartBuffer> spare = Optional.empty();
    while (!reader.isOver()) {
      settle();
      write(filling);
      PartBuffer written = filling;
      filling = spare.orElseGet(() -> buffer(sizes.buffer()));
      filling.clear();
      spare = Optional.of(written);
      fill(filling);
    }
    settle();
    return filling;
  }

  /** A body whose length nobody announced is measured while it comes. */
  private void fill(PartBuffer buffer) {
    reader.fill(buffer);
    largest.require(before.received() + reader.read());
  }

  private PartBuffer buffer(long expected) {
    var buffer =
        new PartBuffer(objects.smallestPart(), sizes.buffer(), expected, BufferMemory.ofTheHeap());
    buffers.add(buffer);
    return buffer;
  }

  /** A tail that fills no buffer is read back, to become a part with what follows. */
  private void seed(PartBuffer buffer) throws IOException {
    if (tail.isEmpty()) {
      return;
    }
    Piece piece = tail.get();
    if (piece.size() < sizes.buffer()) {
      try (InputStream in = objects.get(piece.key(), 0, piece.size())) {
        buffer.seed(in, (int) piece.size());
      }
      if (buffer.size() != piece.size()) {
        throw new IOException("object %s has not %d bytes".formatted(piece.key(), piece.size()));
      }
    } else {
      copy(piece);
    }
  }

  /** Copies in equal portions: a small remainder would be no part in the middle of an object. */
  private void copy(Piece piece) {
    long portions = Math.ceilDiv(piece.size(), PartSizes.LARGEST_COPY);
    long portion = Math.ceilDiv(piece.size(), portions);
    for (long offset = 0; offset < piece.size(); offset += portion) {
      long length = Math.min(portion, piece.size() - offset);
      OpenParts open = reserved();
      Part part =
          objects.copyPart(open.key(), open.multipart(), open.next(), piece.key(), offset, length);
      parts = Optional.of(open.with(part));
    }
    tail = Optional.empty();
  }

  private void write(PartBuffer buffer) {
    OpenParts open = reserved();
    inFlight =
        Optional.of(
            InFlight.start(
                () -> objects.part(open.key(), open.multipart(), open.next(), buffer.content()),
                () -> buffer.hashInto(hasher)));
  }

  /** Counts what was in flight as ours; the tail is part of it by now. */
  private void settle() {
    inFlight.ifPresent(
        pending -> {
          inFlight = Optional.empty();
          Part part = pending.join();
          parts = parts.map(open -> open.with(part));
          written.add(part);
          tail = Optional.empty();
        });
  }

  /** A multipart write whose next number is this writer's alone. */
  private OpenParts reserved() {
    if (parts.isEmpty()) {
      String key = binding.freshObjectKey();
      parts = Optional.of(OpenParts.begun(key, objects.begin(key, binding.objectEncryption())));
      firstUnreserved = 1 + PartSizes.CHECKPOINT;
    }
    OpenParts open = parts.get();
    if (open.next() >= firstUnreserved) {
      OpenParts reserving = open.reserving(PartSizes.CHECKPOINT);
      checkpoint.accept(new Content(Optional.of(reserving), tail, hashSoFar()));
      shared = true;
      firstUnreserved = reserving.next();
    }
    return open;
  }

  private Hash hashSoFar() {
    return parts.equals(before.parts()) ? before.hash() : hasher.soFar();
  }

  /** Makes one object of a body that came on its own. */
  private Content close(PartBuffer last) {
    if (parts.isEmpty()) {
      return last.size() == 0 ? before : Content.of(put(last), hasher.end());
    }
    write(last);
    settle();
    OpenParts open = parts.orElseThrow();
    if (shared) {
      // others know these parts: take the upload from them before the parts are used up
      checkpoint.accept(new Content(parts, Optional.empty(), new Hash.Unknown()));
    }
    objects.complete(open.key(), open.multipart(), written);
    return Content.of(new Piece(open.key(), open.size()), hasher.end());
  }

  /** Leaves it as parts and a tail that can be continued. */
  private Content keep(PartBuffer last) {
    if (reader.read() == 0) {
      return new Content(parts, tail, before.hash());
    }
    int number = parts.map(OpenParts::next).orElse(1);
    if (last.size() > 0 && isPart(last, number)) {
      write(last);
      settle();
    } else if (last.size() > 0) {
      tail = Optional.of(put(last));
    }
    return new Content(parts, tail, hasher.end());
  }

  /** The first chunk of an upload may be its only one, so it becomes an object as it is. */
  private boolean isPart(PartBuffer last, int number) {
    return (parts.isPresent() || before.received() > 0)
        && last.size() >= sizes.smallestPart(number, objects.smallestPart());
  }

  private Piece put(PartBuffer buffer) {
    String key = binding.freshObjectKey();
    InFlight.start(
            () -> {
              objects.put(key, buffer.content(), binding.objectEncryption());
              return new Part(1, "", buffer.size());
            },
            () -> buffer.hashInto(hasher))
        .join();
    return new Piece(key, buffer.size());
  }

  /** After a failure: nobody else knows a multipart write that was never noted. */
  private void abandon() {
    inFlight.ifPresent(
        pending -> {
          try {
            pending.join();
          } catch (RuntimeException second) {
            // the first failure is on its way to the caller, and this part is dropped either way
          }
        });
    if (!shared) {
      parts.ifPresent(open -> Discard.parts(objects, open));
    }
  }
}
